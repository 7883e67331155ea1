/** A token bucket: so many at once, then so many a second. */
export class Throttle {
  #tokens: number;
  #at: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    /** Milliseconds of a clock that never goes back. */
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.#tokens = burst;
    this.#at = clock();
  }

  /** Takes a token and tells how many milliseconds to wait for it. */
  take(): number {
    if (this.perSecond === 0) return 0;
    const now = this.clock();
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#at) / 1000) * this.perSecond);
    this.#at = now;
    this.#tokens -= 1;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.perSecond) * 1000;
  }
}
