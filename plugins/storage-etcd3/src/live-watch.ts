import type { Logger, StorageEvent, StorageWatchOptions } from "@quarterdeck/sdk";

const NO_EVENTS: readonly StorageEvent[] = [];

/** One watch of the store: what it wants of all events, and how far it was told. */
export class LiveWatch {
  #position: number;
  #over = false;

  constructor(
    private readonly options: StorageWatchOptions,
    private readonly logger: Logger,
  ) {
    this.#position = options.after;
  }

  get prefix(): string {
    return this.options.prefix;
  }

  /** It was told all up to here. */
  get position(): number {
    return this.#position;
  }

  /** Closed, ended or failed. */
  get over(): boolean {
    return this.#over;
  }

  /** Tells the events it wants and has not been told yet. */
  deliver(events: readonly StorageEvent[], revision: number): void {
    const position = this.#position;
    if (this.#over || revision <= position) {
      return;
    }
    const { prefix } = this.options;
    const wanted = events.filter((event) => event.revision > position && event.key.startsWith(prefix));
    this.#position = revision;
    try {
      this.options.onBatch({ events: wanted.length === 0 ? NO_EVENTS : wanted, revision });
    } catch (error) {
      this.logger.error("a storage watch failed and was ended", { prefix, error });
      this.end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Ends it from the side of the store. */
  end(error: Error): void {
    if (!this.#over) {
      this.#over = true;
      this.options.onEnd(error);
    }
  }

  /** Ends it from the side of the caller: nothing more is told. */
  close(): void {
    this.#over = true;
  }
}
