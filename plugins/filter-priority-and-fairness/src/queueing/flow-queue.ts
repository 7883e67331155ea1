import { LinkedList } from "./linked-list.js";
import type { Ticket, TicketQueue } from "./ticket.js";

/** A queue of a priority level, with those of its requests that execute. */
export class FlowQueue implements TicketQueue {
  readonly waiting = new LinkedList<Ticket>();
  readonly executing = new LinkedList<Ticket>();
  /** The reading of the level's progress meter at which its next request is due: seats × milliseconds. */
  nextDispatch = 0;
  seatsInUse = 0;
  /** The sums of what waits. */
  waitingSeats = 0;
  waitingInitialSeats = 0;
  waitingWork = 0;

  constructor(readonly index: number) {}

  get active(): boolean {
    return this.waiting.length > 0 || this.executing.length > 0;
  }
}
