/** One request's place in a {@link DeadlineQueue}. */
export interface Deadline {
  /** Takes the request out before its time is up; a second call does nothing. */
  cancel(): void;
}

class Entry implements Deadline {
  before: Entry | undefined;
  after: Entry | undefined;
  queued = true;

  constructor(
    readonly queue: DeadlineQueue,
    readonly at: number,
    readonly expire: () => void,
  ) {}

  cancel(): void {
    if (this.queued) this.queue.remove(this);
  }
}

/**
 * Deadlines that all lie the same time ahead, so that the oldest is always the next: one coarse timer for all
 * requests instead of one each. An expiry is late by up to the tick.
 */
export class DeadlineQueue {
  #first: Entry | undefined;
  #last: Entry | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Both in milliseconds. */
  constructor(
    private readonly duration: number,
    private readonly tick: number,
  ) {}

  /** `from` is on the clock of `performance.now()`. */
  add(from: number, expire: () => void): Deadline {
    const entry = new Entry(this, from + this.duration, expire);
    entry.before = this.#last;
    if (this.#last === undefined) this.#first = entry;
    else this.#last.after = entry;
    this.#last = entry;
    this.#timer ??= setInterval(() => this.sweep(performance.now()), this.tick).unref();
    return entry;
  }

  /** Expires what is due at `now`; stops the timer when nothing is queued. */
  sweep(now: number): void {
    while (this.#first !== undefined && this.#first.at <= now) {
      const entry = this.#first;
      this.remove(entry);
      entry.expire();
    }
    if (this.#first !== undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  remove(entry: Entry): void {
    entry.queued = false;
    if (entry.before === undefined) this.#first = entry.after;
    else entry.before.after = entry.after;
    if (entry.after === undefined) this.#last = entry.before;
    else entry.after.before = entry.before;
  }
}
