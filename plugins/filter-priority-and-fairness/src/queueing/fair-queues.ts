import { ESTIMATED_SERVICE, totalWork } from "../work/work.js";
import { FlowQueue } from "./flow-queue.js";
import type { Ticket } from "./ticket.js";

/**
 * The queues of a priority level, and which of them comes next: KEP-1040's fair queuing for server requests. A progress
 * meter tells the seat-milliseconds that each queue with something to do was given; a queue whose requests took more than
 * that waits until the others have had as much.
 */
export class FairQueues {
  /** The progress meter. */
  progress = 0;
  /** Queues that have something waiting. */
  readonly #waiting = new Set<FlowQueue>();
  readonly #queues: FlowQueue[] = [];
  #active = 0;
  #syncedAt: number;
  #lastDispatched = 0;
  #chosen = 0;

  constructor(now: number) {
    this.#syncedAt = now;
  }

  /** All queues that were ever used. */
  get queues(): Iterable<FlowQueue> {
    return this.#queues.filter((queue) => queue !== undefined);
  }

  /**
   * Moves the meter on to now: `seats` is what the level can give at a time of what is asked for. To be called before
   * anything changes.
   */
  advance(now: number, seats: number): void {
    if (this.#active > 0) this.progress += ((now - this.#syncedAt) * seats) / this.#active;
    this.#syncedAt = now;
  }

  /** Lets the time pass without progress: while the processor is what requests wait for, seats say nothing about it. */
  stand(now: number): void {
    this.#syncedAt = now;
  }

  /** Of a flow's hand the queue with the least waiting work; those that are even take turns. */
  choose(hand: readonly number[]): FlowQueue {
    const offset = this.#chosen++ % hand.length;
    const first = this.#queue(hand[offset] ?? 0);
    if (this.#waiting.size === 0) return first;
    let best = first;
    for (let index = 1; index < hand.length && best.waitingWork > 0; index++) {
      const queue = this.#queue(hand[(offset + index) % hand.length] ?? 0);
      if (queue.waitingWork < best.waitingWork) best = queue;
    }
    return best;
  }

  enqueue(ticket: Ticket, queue: FlowQueue): void {
    this.#enter(ticket, queue);
    queue.waiting.add(ticket);
    queue.waitingSeats += ticket.seats;
    queue.waitingInitialSeats += ticket.work.initialSeats;
    queue.waitingWork += totalWork(ticket.work);
    this.#waiting.add(queue);
    bound(queue);
  }

  /**
   * The queue whose oldest request would be done first, were all served at once, of those whose oldest one may go;
   * undefined when there is none.
   */
  next(mayGo?: (oldest: Ticket) => boolean): FlowQueue | undefined {
    let best: FlowQueue | undefined;
    let bestFinish = Number.POSITIVE_INFINITY;
    for (const queue of this.#waiting) {
      const oldest = queue.waiting.first;
      if (oldest === undefined || mayGo?.(oldest) === false) continue;
      const finish = queue.nextDispatch + totalWork(oldest.work);
      if (best === undefined || finish < bestFinish || (finish === bestFinish && this.#isSooner(queue, best))) {
        best = queue;
        bestFinish = finish;
      }
    }
    return best;
  }

  /** Takes a waiting ticket out of its queue. */
  leave(ticket: Ticket): void {
    const queue = this.#queueOf(ticket);
    if (queue === undefined) return;
    queue.waiting.remove(ticket);
    queue.waitingSeats -= ticket.seats;
    queue.waitingInitialSeats -= ticket.work.initialSeats;
    queue.waitingWork -= totalWork(ticket.work);
    if (queue.waiting.length > 0) bound(queue);
    else {
      this.#waiting.delete(queue);
      queue.waitingWork = 0;
      if (!queue.active) this.#active--;
    }
  }

  /** Puts a ticket of no list, whose queue was chosen, among those that execute. */
  start(ticket: Ticket, queue: FlowQueue): void {
    this.#enter(ticket, queue);
    this.#lastDispatched = queue.index;
    queue.executing.add(ticket);
    queue.seatsInUse += ticket.seats;
    queue.nextDispatch += totalWork(ticket.work);
    bound(queue);
  }

  /** As {@link start}, while the processor is what requests wait for: progress is what is given to the queue that is due. */
  startByTurn(ticket: Ticket, queue: FlowQueue): void {
    if (queue.nextDispatch > this.progress) this.progress = queue.nextDispatch;
    this.start(ticket, queue);
  }

  /** An executing ticket is done, `served` milliseconds after it began; its seats may be in use for a while longer. */
  end(ticket: Ticket, served: number): void {
    const queue = this.#queueOf(ticket);
    if (queue === undefined) return;
    queue.executing.remove(ticket);
    // What was charged at the start was an estimate.
    queue.nextDispatch -= ticket.work.initialSeats * (ESTIMATED_SERVICE - served);
    bound(queue);
    if (!queue.active) this.#active--;
  }

  #enter(ticket: Ticket, queue: FlowQueue): void {
    ticket.queue = queue;
    ticket.arrivalProgress = ticket.state === "arrived" ? this.progress : ticket.arrivalProgress;
    if (queue.active) return;
    if (ticket.state === "arrived") queue.nextDispatch = this.progress;
    this.#active++;
  }

  #queueOf({ queue }: Ticket): FlowQueue | undefined {
    return queue === undefined ? undefined : this.#queues[queue.index];
  }

  #queue(index: number): FlowQueue {
    let queue = this.#queues[index];
    if (queue === undefined) {
      queue = new FlowQueue(index);
      this.#queues[index] = queue;
    }
    return queue;
  }

  /** Of two queues that are even, the one that comes sooner behind the one that was last. */
  #isSooner(one: FlowQueue, other: FlowQueue): boolean {
    const isBehind = one.index > this.#lastDispatched;
    if (isBehind !== other.index > this.#lastDispatched) return isBehind;
    return one.index < other.index;
  }
}

/** A queue that was idle must not save up what it did not use: nothing is due before it has come. */
function bound(queue: FlowQueue): void {
  const oldest = queue.waiting.first;
  if (oldest !== undefined && queue.nextDispatch < oldest.arrivalProgress) queue.nextDispatch = oldest.arrivalProgress;
}
