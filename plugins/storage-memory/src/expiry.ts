/** The longest delay that a timer of Node takes. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Remembers when keys are to disappear and calls back when the time has come. Time is what has passed: a system clock
 * that is set ends no key early or late.
 */
export class Expiry {
  readonly #deadlines = new Map<string, number>();
  #wakeAt = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly expire: (keys: readonly string[]) => void) {}

  /** Sets, moves or (without one) lifts the end of a key; milliseconds since 1970. */
  set(key: string, expiresAt: number | undefined): void {
    if (expiresAt === undefined) {
      this.#deadlines.delete(key);
      return;
    }
    const deadline = performance.now() + (expiresAt - Date.now());
    this.#deadlines.set(key, deadline);
    if (deadline < this.#wakeAt) {
      this.#wake(deadline);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#wakeAt = Number.POSITIVE_INFINITY;
    this.#deadlines.clear();
  }

  #wake(at: number): void {
    clearTimeout(this.#timer);
    this.#wakeAt = at;
    if (at !== Number.POSITIVE_INFINITY) {
      const delay = Math.min(Math.max(Math.ceil(at - performance.now()), 0), LONGEST_DELAY);
      this.#timer = setTimeout(() => this.#sweep(), delay).unref();
    }
  }

  #sweep(): void {
    const now = performance.now();
    const due: string[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const [key, deadline] of this.#deadlines) {
      if (deadline <= now) {
        due.push(key);
      } else {
        next = Math.min(next, deadline);
      }
    }
    this.#wake(next);
    this.expire(due);
  }
}
