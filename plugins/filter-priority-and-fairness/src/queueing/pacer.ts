/** Why nobody was given a turn: nothing waits that has seats, or only what has to wait until others are done. */
export type Turn = "given" | "none" | "later";

/** Who is given a turn when the pacer has one. */
export interface Paced {
  /** Lets one more request in. */
  turn(): Turn;
}

/** A pause of so many milliseconds between two requests means that the server had nothing to do. */
const IDLE_GAP = 0.25;
/** So many slices make one while all that waits is of one flow: nobody else would gain from shorter ones, which cost more. */
const LONE_SLICES = 2;
/** Seats of long reads that may be under way while others wait for their turn: one of the widest. */
const LONG_SEATS = 10;

/**
 * Seats limit what runs at a time, but most requests of this server never run at the same time as others: they are
 * answered before the next one is looked at, and what a client has sent is all answered before another client is read.
 * So once the server has worked for a slice of time without a break, requests wait, and take turns between reads of the
 * connections: nobody waits for all that another one has sent. Costs nothing while the server is not busy.
 */
export class Pacer {
  #burstAt = 0;
  #busyAt = 0;
  #paused = false;
  #asleep = false;
  #longSeats = 0;
  #flows = 0;
  readonly #resume = (): void => this.#begin();
  readonly #next = (): void => this.#step();
  readonly #afterMicrotasks = (): void => process.nextTick(this.#next);

  constructor(
    private readonly slice: number,
    private readonly clock: () => number,
    private readonly paced: Paced,
  ) {}

  /** True while requests have to wait for their turn. */
  get paused(): boolean {
    return this.#paused;
  }

  /** A request comes: true when it has to wait for its turn. */
  busy(now: number): boolean {
    if (this.#paused) return true;
    if (now - this.#busyAt > IDLE_GAP) this.#burstAt = now;
    this.#busyAt = now;
    if (this.slice === 0 || now - this.#burstAt < this.#slice) return false;
    this.#paused = true;
    setImmediate(this.#resume);
    return true;
  }

  /** A request has ended: the server was busy until now. */
  ended(now: number): void {
    this.#busyAt = now;
    if (this.#asleep) this.wake();
  }

  /** Something has changed for those who wait. */
  wake(): void {
    if (!this.#asleep) return;
    this.#asleep = false;
    setImmediate(this.#resume);
  }

  /** A long read of so many seats begins; negative, it ends or waits for its client. */
  long(seats: number): void {
    this.#longSeats += seats;
    if (seats < 0) this.wake();
  }

  /** A flow begins to wait (1), or has nothing that waits any more (-1). */
  flow(change: 1 | -1): void {
    this.#flows += change;
  }

  get #slice(): number {
    return this.#flows > 1 ? this.slice : this.slice * LONE_SLICES;
  }

  /** True when a long read of so many seats can be let in by turn: its parts come between the requests of all others. */
  takesLong(seats: number): boolean {
    return this.#longSeats === 0 || this.#longSeats + seats <= LONG_SEATS;
  }

  #begin(): void {
    this.#burstAt = this.clock();
    this.#step();
  }

  /** One request after the other, each when the one before has done all that it can do at once. */
  #step(): void {
    const now = this.clock();
    this.#busyAt = now;
    if (now - this.#burstAt >= this.#slice) {
      setImmediate(this.#resume);
      return;
    }
    switch (this.paced.turn()) {
      case "given":
        queueMicrotask(this.#afterMicrotasks);
        break;
      case "later":
        this.#asleep = true;
        break;
      case "none":
        this.#paused = false;
        this.#burstAt = now;
    }
  }
}
