/** How fast old demand is forgotten: half of it in five minutes. */
const SMOOTHING = 0.977;

/** How many seats a level could have used, over the last period and smoothed over the last ones. */
export class SeatDemand {
  highWatermark = 0;
  average = 0;
  deviation = 0;
  smoothed = 0;
  #value = 0;
  #max = 0;
  #since: number;
  #elapsed = 0;
  #sum = 0;
  #squares = 0;

  constructor(now: number) {
    this.#since = now;
  }

  /** From now on so many seats are asked for. */
  set(value: number, now: number): void {
    this.#pass(now);
    this.#value = value;
    if (value > this.#max) this.#max = value;
  }

  /** Ends a period and begins another. */
  conclude(now: number): void {
    this.#pass(now);
    this.highWatermark = Math.round(this.#max);
    if (this.#elapsed > 0) {
      this.average = this.#sum / this.#elapsed;
      this.deviation = Math.sqrt(Math.max(0, this.#squares / this.#elapsed - this.average ** 2));
      const envelope = this.average + this.deviation;
      this.smoothed = Math.max(envelope, SMOOTHING * this.smoothed + (1 - SMOOTHING) * envelope);
    }
    this.#elapsed = 0;
    this.#sum = 0;
    this.#squares = 0;
    this.#max = this.#value;
  }

  #pass(now: number): void {
    const elapsed = now - this.#since;
    this.#since = now;
    this.#elapsed += elapsed;
    this.#sum += this.#value * elapsed;
    this.#squares += this.#value * this.#value * elapsed;
  }
}
