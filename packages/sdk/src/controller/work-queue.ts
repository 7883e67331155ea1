/** What a queue does, and when it tries again. */
export interface Work {
  /** Answers false, or fails, for what has to be done again though nobody adds it. */
  handle(key: string): Promise<boolean>;
  /** Told of what `handle` throws, unless the queue has stopped. */
  failed(key: string, error: unknown): void;
  /** Milliseconds before the next attempt, after so many that have led to one already; see {@link backoff}. */
  delay(attempts: number): number;
  /** How many keys are worked on at a time; default 1. */
  readonly workers?: number;
}

/** Delays that double from the first to the longest, in milliseconds, for {@link Work.delay}. */
export function backoff(first: number, longest: number): (attempts: number) => number {
  return (attempts) => Math.min(first * 2 ** attempts, longest);
}

/**
 * Keys to work on, in the order in which they were added and each once however often it is added before its turn; a key
 * that is added while it is worked on comes again. client-go's work queue. It takes keys until its stop, and again after a
 * start.
 */
export class WorkQueue {
  readonly #waiting = new Set<string>();
  readonly #running = new Set<string>();
  readonly #attempts = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #idle = new Set<() => void>();
  #stopped = new AbortController();
  #due: NodeJS.Immediate | undefined;

  constructor(private readonly work: Work) {}

  /** Aborted by the stop; another one after the next start. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Takes keys again after a stop. */
  start(): void {
    if (this.signal.aborted) this.#stopped = new AbortController();
  }

  add(key: string): void {
    if (this.signal.aborted) return;
    this.#waiting.add(key);
    this.#schedule();
  }

  /** Adds a key once so much time has passed, unless that is to happen already; see {@link forget}. */
  addAfter(key: string, milliseconds: number): void {
    if (this.signal.aborted || this.#timers.has(key)) return;
    const due = (): void => {
      this.#timers.delete(key);
      this.add(key);
    };
    this.#timers.set(key, setTimeout(due, milliseconds).unref());
  }

  /** Forgets the attempts at a key, and that there is to be another. */
  forget(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#attempts.delete(key);
  }

  /** Resolves when nothing is worked on; what waits for its next attempt does not count. */
  async idle(): Promise<void> {
    if (this.#isIdle) return;
    await new Promise<void>((resolve) => this.#idle.add(resolve));
  }

  /** Ends after the keys under work, and forgets all others. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#waiting.clear();
    for (const key of [...this.#timers.keys(), ...this.#attempts.keys()]) this.forget(key);
    this.#settle();
    await this.idle();
  }

  get #isIdle(): boolean {
    return this.#waiting.size === 0 && this.#running.size === 0;
  }

  #schedule(): void {
    // The write that this hears of may not have been answered yet; it goes first.
    this.#due ??= setImmediate(() => {
      this.#due = undefined;
      this.#fill();
    });
  }

  #fill(): void {
    const { workers = 1 } = this.work;
    for (const key of this.#waiting) {
      if (this.#running.size >= workers) return;
      if (this.#running.has(key)) continue;
      this.#waiting.delete(key);
      this.#running.add(key);
      void this.#try(key);
    }
    this.#settle();
  }

  async #try(key: string): Promise<void> {
    let done = false;
    try {
      done = await this.work.handle(key);
    } catch (error) {
      if (!this.signal.aborted) this.work.failed(key, error);
    }
    this.#running.delete(key);
    if (done) this.#attempts.delete(key);
    else this.#later(key);
    // With a store in memory a long queue would be one turn of the event loop otherwise, in which nobody else is served.
    this.#schedule();
  }

  #later(key: string): void {
    if (this.signal.aborted) return;
    const attempts = this.#attempts.get(key) ?? 0;
    this.#attempts.set(key, attempts + 1);
    this.addAfter(key, this.work.delay(attempts));
  }

  #settle(): void {
    if (!this.#isIdle) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }
}
