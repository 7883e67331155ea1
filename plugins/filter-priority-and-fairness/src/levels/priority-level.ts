import type { FlowMetrics } from "../flow-metrics.js";
import type { RejectReason } from "../flow-series.js";
import type { LevelSettings, QueueSettings } from "../objects/level-settings.js";
import { Dealer } from "../queueing/dealer.js";
import { FairQueues } from "../queueing/fair-queues.js";
import type { FlowQueue } from "../queueing/flow-queue.js";
import { LinkedList } from "../queueing/linked-list.js";
import type { Paced, Pacer, Turn } from "../queueing/pacer.js";
import type { Ticket, TicketLevel } from "../queueing/ticket.js";
import { tellLimits, tellSeats } from "./level-gauges.js";
import type { ParkingLot } from "./parking-lot.js";
import { SeatDemand } from "./seat-demand.js";
import type { SeatLimits } from "./seat-limits.js";

/** What all levels of a server share. */
export interface LevelServices {
  /** Milliseconds that never go back. */
  readonly clock: () => number;
  readonly pacer: Pick<Pacer, "paused" | "busy" | "ended" | "wake" | "flow" | "long" | "takesLong">;
  readonly parking: ParkingLot;
  readonly metrics: FlowMetrics;
}

/** A request was let in, has to wait, or was refused for this reason. */
export type Admission = "execute" | "wait" | RejectReason;

/** Requests of one priority: how many seats they have, and who is next when there are too few. */
export class PriorityLevel implements Paced, TicketLevel {
  readonly queues: FairQueues;
  readonly demand: SeatDemand;
  /** Executing requests that went through no queue. */
  readonly queueless = new LinkedList<Ticket>();
  /** True once no schema and no object wants it any more: it goes when it is idle. */
  quiescing = false;
  limits: SeatLimits = { nominal: 0, lower: 0, upper: 0, widest: Number.POSITIVE_INFINITY };
  currentLimit = 0;
  executing = 0;
  waiting = 0;
  seatsInUse = 0;
  seatsWaiting = 0;
  dispatched = 0;
  rejected = 0;
  timedOut = 0;
  cancelled = 0;
  #dealer: Dealer | undefined;

  constructor(
    public settings: LevelSettings,
    private readonly services: LevelServices,
  ) {
    const now = services.clock();
    this.queues = new FairQueues(now);
    this.demand = new SeatDemand(now);
    this.configure(settings);
  }

  get name(): string {
    return this.settings.name;
  }

  get idle(): boolean {
    return this.waiting === 0 && this.executing === 0;
  }

  /** Visits what executes; the visited one may end. */
  eachExecuting(visit: (ticket: Ticket) => void): void {
    for (const queue of this.queues.queues) queue.executing.each(visit);
    this.queueless.each(visit);
  }

  /** Takes new settings over; what waits goes on waiting where it is. */
  configure(settings: LevelSettings): void {
    this.settings = settings;
    const { queueing } = settings;
    this.#dealer = queueing === undefined ? undefined : new Dealer(queueing.queues, queueing.handSize);
  }

  /** The queues that a flow may wait in. */
  deal(hash: bigint): readonly number[] {
    return this.#dealer?.deal(hash) ?? [];
  }

  /** What the level may have in all; a level that is new begins between what it keeps and what is its own. */
  setLimits(limits: SeatLimits, isNew: boolean): void {
    this.limits = limits;
    tellLimits(this.services.metrics, this.name, limits);
    if (isNew) this.setLimit(limits.nominal - Math.floor((limits.nominal - limits.lower) / 2), this.services.clock());
  }

  /** How many seats it has from now on. */
  setLimit(seats: number, now: number): void {
    this.#advance(now);
    this.currentLimit = seats;
    tellSeats(this.services.metrics, this.name, seats, this.demand);
    this.#dispatch(now);
  }

  /** Lets a request in, has it wait, or refuses it. */
  admit(ticket: Ticket, now: number): Admission {
    const { settings } = this;
    const busy = this.services.pacer.busy(now);
    this.#advance(now);
    if (settings.exempt) return this.#begin(ticket, undefined, now);
    if (settings.queueing === undefined) {
      if (this.#fits(ticket.seats)) return this.#begin(ticket, undefined, now);
      return this.#refuse(ticket, "concurrency-limit");
    }
    const queue = this.queues.choose(ticket.flow.hand);
    if (this.waiting === 0 && !busy && this.#fits(ticket.seats)) return this.#begin(ticket, queue, now);
    if (this.#isFull(queue, settings.queueing)) return this.#refuse(ticket, "queue-full");
    this.#enqueue(ticket, queue, now);
    this.#dispatch(now);
    return this.#isExecuting(ticket) ? "execute" : "wait";
  }

  /** One that waits is let in by turn, if seats are free. */
  turn(): Turn {
    if (this.waiting === 0) return "none";
    const { clock, pacer } = this.services;
    const queue = this.queues.next((oldest) => !oldest.long || pacer.takesLong(oldest.seats));
    const ticket = queue?.waiting.first;
    if (queue === undefined || ticket === undefined) return "later";
    if (!this.#fits(ticket.seats)) return "none";
    const now = clock();
    this.#advance(now);
    this.#release(ticket);
    ticket.startedAt = now;
    this.queues.startByTurn(ticket, queue);
    this.#count(ticket, now);
    ticket.decide?.(true);
    return "given";
  }

  /** A request, or the beginning of a watch, is over. Once is enough, and again does nothing. */
  finish(ticket: Ticket): void {
    if (ticket.state !== "executing") return;
    const { clock, pacer } = this.services;
    const now = clock();
    pacer.ended(now);
    this.#advance(now);
    ticket.resumed();
    ticket.state = "ended";
    this.executing--;
    const served = now - ticket.startedAt - ticket.parkedFor;
    const { series } = ticket.flow.schema;
    series.executing.add(-1);
    (ticket.context.state.longRunning ? series.watched : series.executed).observe((now - ticket.startedAt) / 1000);
    if (ticket.queue === undefined) this.queueless.remove(ticket);
    else this.queues.end(ticket, served);
    if (ticket.long) pacer.long(-ticket.seats);
    const { additionalLatency } = ticket.work;
    if (additionalLatency > 0) setTimeout(() => this.#giveBack(ticket), additionalLatency).unref();
    else this.#giveBackSeats(ticket, now);
  }

  /** A waiting request gives up, or has waited for too long. */
  abandon(ticket: Ticket, reason: "time-out" | "cancelled"): void {
    if (ticket.state !== "waiting") return;
    const now = this.services.clock();
    this.#advance(now);
    this.#release(ticket);
    ticket.state = "ended";
    if (reason === "time-out") this.timedOut++;
    else this.cancelled++;
    ticket.flow.schema.series.waitedInVain.observe((now - ticket.arrivedAt) / 1000);
    this.#refuse(ticket, reason);
    this.#demand(now);
    ticket.decide?.(false);
    this.#dispatch(now);
  }

  /** An executing request waits for its client from now on. */
  clientAwaited(ticket: Ticket): void {
    ticket.clientSince = this.services.clock();
    this.services.parking.add(ticket);
  }

  /** Its client came: it goes on, in its seats. */
  clientCame(ticket: Ticket): void {
    ticket.clientSince = 0;
    this.services.parking.delete(ticket);
    if (ticket.parkedAt === 0) return;
    const now = this.services.clock();
    this.#advance(now);
    ticket.parkedFor += now - ticket.parkedAt;
    ticket.parkedAt = 0;
    if (ticket.long) this.services.pacer.long(ticket.seats);
    this.seatsInUse += ticket.seats;
    if (ticket.queue !== undefined) ticket.queue.seatsInUse += ticket.seats;
    ticket.flow.schema.series.seats.add(ticket.seats);
    this.#demand(now);
  }

  /** Takes the seats of a request that only waits for its client. */
  park(ticket: Ticket, now: number): void {
    this.#advance(now);
    ticket.parkedAt = now;
    if (ticket.long) this.services.pacer.long(-ticket.seats);
    this.#giveBackSeats(ticket, now);
  }

  #advance(now: number): void {
    if (this.services.pacer.paused) this.queues.stand(now);
    else this.queues.advance(now, Math.min(this.seatsInUse + this.seatsWaiting, this.currentLimit));
  }

  /**
   * Too much waits: in the queue while all seats are taken, as upstream, or in all of them together. What only waits for
   * its turn is not refused before: a client that is answered at once asks again at once, and that costs more.
   */
  #isFull(queue: FlowQueue, { queues, queueLengthLimit }: QueueSettings): boolean {
    if (this.waiting >= queues * queueLengthLimit) return true;
    return queue.waiting.length >= queueLengthLimit && this.seatsInUse >= this.currentLimit;
  }

  #fits(seats: number): boolean {
    // What is wider than all there is runs alone.
    if (seats > this.currentLimit) return this.executing === 0 && this.currentLimit > 0;
    return this.seatsInUse + seats <= this.currentLimit;
  }

  #begin(ticket: Ticket, queue: FlowQueue | undefined, now: number): "execute" {
    ticket.startedAt = now;
    if (queue === undefined) this.queueless.add(ticket);
    else this.queues.start(ticket, queue);
    this.#count(ticket, now);
    return "execute";
  }

  #count(ticket: Ticket, now: number): void {
    const { series } = ticket.flow.schema;
    ticket.state = "executing";
    this.executing++;
    this.dispatched++;
    this.seatsInUse += ticket.seats;
    if (ticket.long) this.services.pacer.long(ticket.seats);
    series.executing.add(1);
    series.seats.add(ticket.seats);
    series.dispatched.increment();
    if (!this.settings.exempt) series.waited.observe((now - ticket.arrivedAt) / 1000);
    this.#demand(now);
  }

  #enqueue(ticket: Ticket, queue: FlowQueue, now: number): void {
    this.queues.enqueue(ticket, queue);
    ticket.state = "waiting";
    this.waiting++;
    if (ticket.flow.waiting++ === 0) this.services.pacer.flow(1);
    this.seatsWaiting += ticket.seats;
    ticket.flow.schema.series.waiting.add(1);
    this.#demand(now);
    this.services.pacer.wake();
  }

  /** Takes a ticket out of its queue, wherever it goes then. */
  #release(ticket: Ticket): void {
    this.queues.leave(ticket);
    this.waiting--;
    if (--ticket.flow.waiting === 0) this.services.pacer.flow(-1);
    this.seatsWaiting -= ticket.seats;
    ticket.flow.schema.series.waiting.add(-1);
  }

  #dispatch(now: number): void {
    while (this.waiting > 0 && !this.services.pacer.paused) {
      const queue = this.queues.next();
      const ticket = queue?.waiting.first;
      if (queue === undefined || ticket === undefined || !this.#fits(ticket.seats)) return;
      this.#release(ticket);
      this.#begin(ticket, queue, now);
      ticket.decide?.(true);
    }
  }

  #refuse(ticket: Ticket, reason: RejectReason): RejectReason {
    this.rejected++;
    ticket.flow.schema.series.rejected(reason);
    return reason;
  }

  #giveBack(ticket: Ticket): void {
    const now = this.services.clock();
    this.#advance(now);
    this.#giveBackSeats(ticket, now);
  }

  #giveBackSeats(ticket: Ticket, now: number): void {
    this.seatsInUse -= ticket.seats;
    if (ticket.queue !== undefined) ticket.queue.seatsInUse -= ticket.seats;
    ticket.flow.schema.series.seats.add(-ticket.seats);
    this.#demand(now);
    this.#dispatch(now);
  }

  #demand(now: number): void {
    this.demand.set(this.seatsInUse + this.seatsWaiting, now);
  }

  #isExecuting({ state }: Ticket): boolean {
    return state === "executing";
  }
}
