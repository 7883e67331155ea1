import {
  CompactedError,
  type Logger,
  type StorageEvent,
  type StorageWatch,
  type StorageWatchOptions,
} from "@quarterdeck/sdk";

/** All events since the last compaction, and the watches that are told of new ones. */
export class EventLog {
  #events: StorageEvent[] = [];
  readonly #watches = new Set<StorageWatchOptions>();

  constructor(private readonly logger: Logger) {}

  /** Adds the events of one revision and tells every watch of it. */
  append(events: readonly StorageEvent[], revision: number): void {
    this.#events.push(...events);
    for (const watch of [...this.#watches]) {
      this.#deliver(watch, events, revision);
    }
  }

  /** Tells what lies between `after` and the current revision, then all that follows. */
  watch(options: StorageWatchOptions, current: number, compacted: number): StorageWatch {
    if (options.after < compacted) {
      throw new CompactedError(options.after, compacted);
    }
    this.#watches.add(options);
    if (options.after < current) {
      this.#deliver(options, this.#events, current);
    }
    return { close: () => void this.#watches.delete(options) };
  }

  compact(revision: number): void {
    this.#events = this.#events.filter((event) => event.revision > revision);
  }

  /** Goes on at another revision: watches that stand before it have missed what lies between. */
  restart(revision: number): void {
    for (const watch of [...this.#watches]) {
      if (watch.after < revision) {
        this.#watches.delete(watch);
        watch.onEnd(new CompactedError(watch.after, revision));
      }
    }
  }

  close(): void {
    this.#watches.clear();
  }

  #deliver(watch: StorageWatchOptions, events: readonly StorageEvent[], revision: number): void {
    // A callback may have closed this watch a moment ago.
    if (!this.#watches.has(watch) || revision <= watch.after) {
      return;
    }
    const wanted = events.filter((event) => event.revision > watch.after && event.key.startsWith(watch.prefix));
    try {
      watch.onBatch({ events: wanted, revision });
    } catch (error) {
      this.#watches.delete(watch);
      this.logger.error("a storage watch failed and was ended", { prefix: watch.prefix, error });
      watch.onEnd(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
