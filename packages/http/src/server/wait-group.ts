/** Counts what must end before the server may stop. */
export class WaitGroup {
  #running = 0;
  #draining = false;
  readonly #waiting = new Set<() => void>();
  // Two handlers made once: `finally` would make four promises for each request.
  readonly #done = (): void => this.#end();
  readonly #failed = (error: unknown): never => {
    this.#end();
    throw error;
  };

  /** How many are running now. */
  get running(): number {
    return this.#running;
  }

  /** True since {@link drain}: newcomers are to be refused. */
  get draining(): boolean {
    return this.#draining;
  }

  /** Counts what is run until it ends. */
  during(run: () => Promise<void>): Promise<void> {
    this.#running++;
    return run().then(this.#done, this.#failed);
  }

  /** Refuses newcomers from now on and resolves when nothing runs any more. */
  drain(): Promise<void> {
    this.#draining = true;
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #end(): void {
    this.#running--;
    if (this.#running > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
