import type { RequestContext, RequestLoad } from "@quarterdeck/sdk";
import type { FlowSeries } from "../flow-series.js";
import type { Work } from "../work/work.js";
import type { Linked } from "./linked-list.js";

/** The level of a ticket, as far as the ticket speaks to it. */
export interface TicketLevel {
  readonly name: string;
  finish(ticket: Ticket): void;
  clientAwaited(ticket: Ticket): void;
  clientCame(ticket: Ticket): void;
  park(ticket: Ticket, now: number): void;
}

/** Requests that compete with others as one: those of a schema and a user, say. */
export interface TicketFlow {
  readonly schema: { readonly name: string; readonly series: FlowSeries };
  readonly level: TicketLevel;
  readonly distinguisher: string;
  /** The queues that its requests may wait in; empty when the level has none. */
  readonly hand: readonly number[];
  /** How many of its requests wait. */
  waiting: number;
}

/** Where a ticket waits, or waited. */
export interface TicketQueue {
  readonly index: number;
  seatsInUse: number;
}

/** One request on its way through a priority level. */
export class Ticket implements RequestLoad, Linked<Ticket> {
  state: "arrived" | "waiting" | "executing" | "ended" = "arrived";
  /** Its neighbours in the list that it is in. */
  before: Ticket | undefined = undefined;
  after: Ticket | undefined = undefined;
  /** Where it waits, or waited; undefined when the level has no queues. */
  queue: TicketQueue | undefined = undefined;
  /** The progress meter of the level when it came. */
  arrivalProgress = 0;
  /** When it began to execute, in milliseconds. */
  startedAt = 0;
  /** Since when it waits for its client; 0: it does not. */
  clientSince = 0;
  /** Since when it has no seats while it waits for its client; 0: it has them. */
  parkedAt = 0;
  /** Milliseconds that it spent without seats. */
  parkedFor = 0;
  /** True for one that is told in many parts, such as a list of many objects. */
  readonly long: boolean;
  /** The most seats that it takes at any time. */
  readonly seats: number;
  /** Told whether it may go on, when it had to wait. */
  decide: ((admitted: boolean) => void) | undefined = undefined;

  constructor(
    readonly flow: TicketFlow,
    readonly work: Work,
    readonly context: RequestContext,
    readonly arrivedAt: number,
  ) {
    this.long = work.initialSeats > 1;
    this.seats = work.finalSeats > work.initialSeats ? work.finalSeats : work.initialSeats;
  }

  initialised(): void {
    this.flow.level.finish(this);
  }

  waiting(): void {
    if (this.state === "executing" && this.clientSince === 0) this.flow.level.clientAwaited(this);
  }

  resumed(): void {
    if (this.clientSince !== 0) this.flow.level.clientCame(this);
  }
}
