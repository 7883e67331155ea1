/** Counts what runs against a limit; 0 is no limit. */
export class RunningRequests {
  #running = 0;
  readonly #end = (): void => {
    this.#running--;
  };
  readonly #fail = (error: unknown): never => {
    this.#running--;
    throw error;
  };

  constructor(private readonly limit: number) {}

  get running(): number {
    return this.#running;
  }

  /** True when one more would be too many. */
  get full(): boolean {
    return this.limit > 0 && this.#running >= this.limit;
  }

  /** Counts a request until it ends, however it ends. */
  run(next: () => Promise<void>): Promise<void> {
    this.#running++;
    try {
      return next().then(this.#end, this.#fail);
    } catch (error) {
      this.#running--;
      return Promise.reject(error);
    }
  }
}
