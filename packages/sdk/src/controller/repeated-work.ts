/** Work that is done at the start and then every so often, one run after the other, as an hourly cleaning. */
export class RepeatedWork {
  #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  /** `run` must not reject; it ends early when its signal is aborted. */
  constructor(
    private readonly milliseconds: number,
    private readonly run: (signal: AbortSignal) => Promise<void>,
  ) {}

  /** Also after a stop. */
  start(): void {
    this.#stopped = new AbortController();
    const { signal } = this.#stopped;
    const next = (): void => {
      this.#working = this.#working.then(() => this.run(signal));
    };
    next();
    this.#timer = setInterval(next, this.milliseconds).unref();
  }

  /** Resolves when no run is under way any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    clearInterval(this.#timer);
    await this.#working;
  }
}
