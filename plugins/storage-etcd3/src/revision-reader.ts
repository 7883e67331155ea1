/**
 * Asks for the newest revision as often as is needed and no more: all who come while a request is on its way share the
 * next one, since the answer on its way may be older than what they have seen.
 */
export class RevisionReader {
  #running: Promise<number> | undefined;
  #next: Promise<number> | undefined;

  constructor(private readonly ask: () => Promise<number>) {}

  read(): Promise<number> {
    if (this.#running === undefined) {
      return this.#start();
    }
    this.#next ??= this.#running.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  #start(): Promise<number> {
    const running = this.ask().finally(() => {
      if (this.#running === running) {
        this.#running = undefined;
      }
    });
    this.#running = running;
    this.#next = undefined;
    return running;
  }
}
