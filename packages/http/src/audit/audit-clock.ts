/** How far the two clocks may be apart before the wall clock is believed, in milliseconds. */
const TOLERANCE = 2;

/** `000` to `999`: writing numbers would be most of the cost. */
const DIGITS = Array.from({ length: 1000 }, (_, index) => String(index).padStart(3, "0"));

/**
 * RFC 3339 texts with microseconds from times of the monotonic clock. The offset between the clocks is looked at about once
 * a second, the text up to the second is made once for each second.
 */
export class AuditClock {
  #offset = Date.now() - performance.now();
  #checkedAt = performance.now();
  #second = Number.NaN;
  #prefix = "";

  /** `2026-01-02T03:04:05.678901Z` for milliseconds of `performance.now`. */
  text(at: number): string {
    if (at - this.#checkedAt > 1000) this.#check();
    const time = at + this.#offset;
    const second = Math.floor(time / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#prefix = new Date(second * 1000).toISOString().slice(0, 20);
    }
    const micros = Math.floor((time - second * 1000) * 1000);
    const millis = Math.floor(micros / 1000);
    return `${this.#prefix}${DIGITS[millis]}${DIGITS[micros - millis * 1000]}Z`;
  }

  #check(): void {
    this.#checkedAt = performance.now();
    const offset = Date.now() - this.#checkedAt;
    if (Math.abs(offset - this.#offset) > TOLERANCE) this.#offset = offset;
  }
}
