interface Waiter {
  readonly revision: number;
  readonly done: (reached: boolean) => void;
}

/** Those who wait for the cache to reach a revision. */
export class Freshness {
  readonly #waiters = new Set<Waiter>();

  /** Tells that the cache is at this revision. */
  advance(revision: number): void {
    if (this.#waiters.size === 0) return;
    for (const waiter of this.#waiters) {
      if (waiter.revision <= revision) waiter.done(true);
    }
  }

  /** True when the revision was reached in time, false when not; rejects with the reason of the signal. */
  wait(revision: number, milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        this.#waiters.delete(waiter);
      };
      const done = (reached: boolean): void => {
        finish();
        resolve(reached);
      };
      const abort = (): void => {
        finish();
        reject(signal?.reason);
      };
      const waiter: Waiter = { revision, done };
      const timer = setTimeout(() => done(false), milliseconds);
      signal?.addEventListener("abort", abort);
      this.#waiters.add(waiter);
    });
  }

  /** Lets all wait no longer. */
  stop(): void {
    for (const waiter of this.#waiters) waiter.done(false);
  }
}
