/** The pauses between attempts to heal a watch: none at first, then growing, with chance so that not all come at once. */
export class RetryPause {
  #milliseconds = 0;
  #healthySince: number | undefined;

  constructor(private readonly bounds: { readonly first: number; readonly longest: number }) {}

  /** An attempt succeeded; only what lasts for a while counts. */
  succeeded(): void {
    this.#healthySince = performance.now();
  }

  /** How long to wait before the next attempt, in milliseconds. */
  next(): number {
    const { first, longest } = this.bounds;
    if (this.#healthySince !== undefined && performance.now() - this.#healthySince >= longest) this.#milliseconds = 0;
    this.#healthySince = undefined;
    const pause = this.#milliseconds;
    this.#milliseconds = Math.min(longest, Math.max(first, pause * 2));
    return pause * (0.5 + Math.random() / 2);
  }
}
