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

/**
 * Calls back for each version whose time has come, from a heap with the next one on top. A version that was replaced
 * in the meantime stays in the heap until its time; the callback finds out that it is not the newest any more.
 */
export class Expiry {
  readonly #heap: Deadline[] = [];
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #clears = 0;

  constructor(private readonly expire: (deadline: Deadline) => Promise<void>) {}

  add(deadline: Deadline): void {
    this.#push(deadline);
    this.#wake(deadline.expiresAt);
  }

  /** Forgets all deadlines, those among them that are being tried again. */
  clear(): void {
    this.#clears++;
    clearTimeout(this.#timer);
    this.#heap.length = 0;
    this.#wakeAt = Number.POSITIVE_INFINITY;
  }

  #wake(at: number): void {
    if (at < this.#wakeAt) {
      clearTimeout(this.#timer);
      this.#wakeAt = at;
      const delay = Math.min(Math.max(at - Date.now(), 0), LONGEST_DELAY);
      this.#timer = setTimeout(() => this.#sweep(), delay).unref();
    }
  }

  #sweep(): void {
    this.#wakeAt = Number.POSITIVE_INFINITY;
    const now = Date.now();
    for (let top = this.#heap[0]; top !== undefined && top.expiresAt <= now; top = this.#heap[0]) {
      const due = top;
      this.#pop();
      const clears = this.#clears;
      this.expire(due).catch(() => {
        if (clears === this.#clears) {
          this.add({ ...due, expiresAt: Date.now() + RETRY_DELAY });
        }
      });
    }
    const next = this.#heap[0];
    if (next !== undefined) {
      this.#wake(next.expiresAt);
    }
  }

  #push(deadline: Deadline): void {
    const heap = this.#heap;
    let at = heap.push(deadline) - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = heap[parent];
      if (above === undefined || above.expiresAt <= deadline.expiresAt) {
        break;
      }
      heap[at] = above;
      at = parent;
    }
    heap[at] = deadline;
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
      child = right !== undefined && right.expiresAt < left.expiresAt ? child + 1 : child;
      const below = heap[child];
      if (below === undefined || last.expiresAt <= below.expiresAt) {
        break;
      }
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}
