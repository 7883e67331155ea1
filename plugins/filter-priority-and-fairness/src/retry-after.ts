const MAX_SECONDS = 32;

/**
 * How long refused clients are asked to stay away: as upstream, twice as long when too many were refused in that time, and
 * a second less when few were.
 */
export class RetryAfter {
  #seconds = 1;
  #updatedAt = 0;
  #second = 0;
  #refused = 0;
  #history: { readonly second: number; readonly refused: number }[] = [];

  /** Seconds. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Counts a refusal; `now` is in milliseconds. */
  refused(now: number): void {
    const second = Math.floor(now / 1000);
    if (second === this.#second) {
      this.#refused++;
      return;
    }
    const kept = Math.min(2 * this.#seconds, MAX_SECONDS);
    this.#history.push({ second: this.#second, refused: this.#refused });
    this.#history = this.#history.filter((one) => second - one.second <= kept);
    this.#second = second;
    this.#refused = 1;
    this.#update(second);
  }

  #update(second: number): void {
    const recent = this.#history.filter((one) => second - one.second <= this.#seconds);
    const refused = recent.reduce((sum, one) => sum + one.refused, 0);
    if (second - this.#updatedAt >= this.#seconds && refused >= 3 * this.#seconds) {
      this.#seconds = Math.min(2 * this.#seconds, MAX_SECONDS);
      this.#updatedAt = second;
    } else if (refused < this.#seconds && this.#seconds > 1) this.#seconds--;
  }
}
