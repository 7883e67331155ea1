/** The longest delay that a timer of Node takes. */
const LONGEST_DELAY = 2 ** 31 - 1;
/** How long to wait before expiring again what could not be deleted. */
const RETRY_DELAY = 1000;

/** A version of a key that is to end. */
export interface Deadline {
  readonly key: string;
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A deadline on the clock that nobody sets. */
interface Due extends Omit<Deadline, "expiresAt"> {
  /** Milliseconds since the process began. */
  readonly at: number;
}

/**
 * Calls back for each version whose time has come, from a heap with the next one on top. A version that was replaced
 * in the meantime stays in the heap until its time; the callback finds out that it is not the newest any more. Time is
 * what has passed since the deadline came in: a system clock that is set ends no key early or late.
 */
export class Expiry {
  readonly #heap: Due[] = [];
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #clears = 0;

  constructor(private readonly expire: (due: Omit<Deadline, "expiresAt">) => Promise<void>) {}

  add({ key, revision, expiresAt }: Deadline): void {
    this.#add({ key, revision, at: performance.now() + (expiresAt - Date.now()) });
  }

  /** Forgets all deadlines, those among them that are being tried again. */
  clear(): void {
    this.#clears++;
    clearTimeout(this.#timer);
    this.#heap.length = 0;
    this.#wakeAt = Number.POSITIVE_INFINITY;
  }

  #add(due: Due): void {
    this.#push(due);
    this.#wake(due.at);
  }

  #wake(at: number): void {
    if (at < this.#wakeAt) {
      clearTimeout(this.#timer);
      this.#wakeAt = at;
      const delay = Math.min(Math.max(Math.ceil(at - performance.now()), 0), LONGEST_DELAY);
      this.#timer = setTimeout(() => this.#sweep(), delay).unref();
    }
  }

  #sweep(): void {
    this.#wakeAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    for (let top = this.#heap[0]; top !== undefined && top.at <= now; top = this.#heap[0]) {
      const due = top;
      this.#pop();
      const clears = this.#clears;
      this.expire(due).catch(() => {
        if (clears === this.#clears) {
          this.#add({ ...due, at: performance.now() + RETRY_DELAY });
        }
      });
    }
    const next = this.#heap[0];
    if (next !== undefined) {
      this.#wake(next.at);
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= due.at) {
        break;
      }
      heap[at] = above;
      at = parent;
    }
    heap[at] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) {
      return;
    }
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const right = heap[child + 1];
      const left = heap[child];
      if (left === undefined) {
        break;
      }
      child = right !== undefined && right.at < left.at ? child + 1 : child;
      const below = heap[child];
      if (below === undefined || last.at <= below.at) {
        break;
      }
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}
