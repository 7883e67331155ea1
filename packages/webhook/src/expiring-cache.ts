import { createHmac, randomBytes } from "node:crypto";

interface Kept<T> {
  readonly value: T;
  readonly until: number;
}

/**
 * Answers that are good for a time, at most so many: the one that was asked for longest ago goes first. Keys are digests
 * under a key of this process, so that a dump of the memory holds no token and no collision can be made at will.
 */
export class ExpiringCache<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #secret = randomBytes(32);

  constructor(
    private readonly limit: number,
    /** Milliseconds of a clock that never goes back. */
    private readonly clock: () => number = () => performance.now(),
  ) {}

  get size(): number {
    return this.#kept.size;
  }

  /** The key of what is asked; the same text has the same key in this cache alone. */
  keyOf(text: string): string {
    return createHmac("sha256", this.#secret).update(text).digest("base64");
  }

  get(key: string): T | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    if (found.until <= this.clock()) return undefined;
    this.#kept.set(key, found);
    return found.value;
  }

  /** Keeps an answer for so many milliseconds; none or less keeps nothing. */
  set(key: string, value: T, milliseconds: number): void {
    this.#kept.delete(key);
    if (!(milliseconds > 0)) return;
    this.#kept.set(key, { value, until: this.clock() + milliseconds });
    if (this.#kept.size <= this.limit) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
