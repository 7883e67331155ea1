/** How often etcd is asked for progress: it does not answer while a watcher lags behind. */
export const PROGRESS_MILLISECONDS = 100;

/** Asks a watcher for its progress until it has come to a revision. */
export class ProgressRequests {
  #wanted = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `ask` asks when the watcher stands behind a revision and can be asked, and says whether it did. */
  constructor(private readonly ask: (wanted: number) => boolean) {}

  /** From now on, until the watcher is there. */
  want(revision: number): void {
    this.#wanted = Math.max(this.#wanted, revision);
    this.again();
  }

  /** There is a new watcher to ask. */
  again(): void {
    if (this.ask(this.#wanted)) {
      this.#timer ??= setInterval(() => {
        if (!this.ask(this.#wanted)) {
          this.stop();
        }
      }, PROGRESS_MILLISECONDS);
    }
  }

  /** What was wanted is not to come. */
  forget(): void {
    this.#wanted = 0;
    this.stop();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
