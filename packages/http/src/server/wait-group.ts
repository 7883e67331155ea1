/** Counts what must end before the server may stop. */
export class WaitGroup {
  #running = 0;
  #draining = false;
  readonly #waiting = new Set<() => void>();

  /** How many are running now. */
  get running(): number {
    return this.#running;
  }

  /** True since {@link drain}: newcomers are to be refused. */
  get draining(): boolean {
    return this.#draining;
  }

  add(): void {
    this.#running++;
  }

  done(): void {
    this.#running--;
    if (this.#running > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** Refuses newcomers from now on and resolves when nothing runs any more. */
  drain(): Promise<void> {
    this.#draining = true;
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }
}
