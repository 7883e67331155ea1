/** What a queue does, and when it tries again. */
export interface Work {
  /** Answers false, or fails, for what has to be done again though nobody adds it. */
  handle(key: string): Promise<boolean>;
  /** Told of what `handle` throws, unless the queue has stopped. */
  failed(key: string, error: unknown): void;
  /** Milliseconds before the next attempt, after so many that have led to one already. */
  delay(attempts: number): number;
}

/** Keys to work on one after the other, each once however often it is added meanwhile; client-go's work queue. */
export class WorkQueue {
  readonly #stopped = new AbortController();
  readonly #waiting = new Set<string>();
  readonly #attempts = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #working: Promise<void> | undefined;

  constructor(private readonly work: Work) {}

  /** Aborted by the stop. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  add(key: string): void {
    if (this.signal.aborted) return;
    this.#waiting.add(key);
    this.#working ??= this.#run().finally(() => {
      this.#working = undefined;
    });
  }

  /** Forgets the attempts at a key, and that there is to be another. */
  forget(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#attempts.delete(key);
  }

  /** Resolves when nothing is worked on; what waits for its next attempt does not count. */
  async idle(): Promise<void> {
    await this.#working;
  }

  /** Ends after the key under work. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    for (const key of [...this.#timers.keys()]) this.forget(key);
    await this.idle();
  }

  async #run(): Promise<void> {
    // The write that this hears of may not have been answered yet; it goes first.
    await new Promise((resolve) => setImmediate(resolve));
    for (const key of this.#waiting) {
      if (this.signal.aborted) return;
      this.#waiting.delete(key);
      if (!(await this.#try(key))) this.#later(key);
    }
  }

  async #try(key: string): Promise<boolean> {
    try {
      return await this.work.handle(key);
    } catch (error) {
      if (!this.signal.aborted) this.work.failed(key, error);
      return false;
    }
  }

  #later(key: string): void {
    if (this.signal.aborted || this.#timers.has(key)) return;
    const attempts = this.#attempts.get(key) ?? 0;
    this.#attempts.set(key, attempts + 1);
    const again = (): void => {
      this.#timers.delete(key);
      this.add(key);
    };
    this.#timers.set(key, setTimeout(again, this.work.delay(attempts)).unref());
  }
}
