/** Upstream's least rate, whatever the grace. */
const LEAST_PER_SECOND = 200;
const TICK_MILLISECONDS = 50;

/** The watches that are open, so that a stop can end them cleanly. */
export class OpenWatches {
  readonly #ends = new Set<() => void>();
  #closed = false;

  get size(): number {
    return this.#ends.size;
  }

  /** Takes in a watch; gives what takes it out again. A watch that comes after {@link endAll} is ended at once. */
  add(end: () => void): () => void {
    if (this.#closed) {
      end();
      return () => {};
    }
    this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  /**
   * Ends the watches one after the other, so that their clients do not all come back at once: at least 200 a second, and all
   * within the grace. Resolves when `gone` does, or the grace is over. New watches are ended at once.
   */
  async endOver(graceSeconds: number, gone: Promise<void>): Promise<void> {
    this.#closed = true;
    const each = Math.ceil((Math.max(LEAST_PER_SECOND, this.#ends.size / graceSeconds) * TICK_MILLISECONDS) / 1000);
    const ticks = setInterval(() => this.#endSome(each), TICK_MILLISECONDS);
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceSeconds * 1000);
    });
    await Promise.race([gone, over]);
    clearTimeout(timer);
    clearInterval(ticks);
    this.endAll();
  }

  #endSome(count: number): void {
    let left = count;
    for (const end of this.#ends) {
      if (left-- <= 0) return;
      this.#ends.delete(end);
      end();
    }
  }

  /** Ends all watches, and from now on any new one. */
  endAll(): void {
    this.#closed = true;
    for (const end of [...this.#ends]) end();
    this.#ends.clear();
  }
}
