import {
  CompactedError,
  type Logger,
  type StorageEvent,
  type StorageEventBatch,
  type StorageWatch,
  type StorageWatchOptions,
} from "@quarterdeck/sdk";

const NO_EVENTS: readonly StorageEvent[] = [];

/** Tells every watch of each new revision, in order, as soon as it is on disk. */
export class WatchHub {
  readonly #watches = new Set<StorageWatchOptions>();

  constructor(private readonly logger: Logger) {}

  /** From now on the watch is told; what lies before is the caller's business. */
  add(watch: StorageWatchOptions): StorageWatch {
    this.#watches.add(watch);
    return { close: () => void this.#watches.delete(watch) };
  }

  /** Delivers the events up to a revision to the watches that want them, and the progress to all. */
  deliver(events: readonly StorageEvent[], revision: number): void {
    if (this.#watches.size === 0) {
      return;
    }
    const progress: StorageEventBatch = { events: NO_EVENTS, revision };
    for (const watch of this.#watches) {
      if (revision > watch.after) {
        const wanted = wantedBy(watch, events);
        this.#tell(watch, wanted === NO_EVENTS ? progress : { events: wanted, revision });
      }
    }
  }

  /** Goes on at another revision: watches that stand before it have missed what lies between. */
  restart(revision: number): void {
    for (const watch of this.#watches) {
      if (watch.after < revision) {
        this.#watches.delete(watch);
        watch.onEnd(new CompactedError(watch.after, revision));
      }
    }
  }

  close(): void {
    this.#watches.clear();
  }

  #tell(watch: StorageWatchOptions, batch: StorageEventBatch): void {
    try {
      watch.onBatch(batch);
    } catch (error) {
      this.#watches.delete(watch);
      this.logger.error("a storage watch failed and was ended", { prefix: watch.prefix, error });
      watch.onEnd(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function wantedBy(watch: StorageWatchOptions, events: readonly StorageEvent[]): readonly StorageEvent[] {
  let wanted: StorageEvent[] | undefined;
  for (const event of events) {
    if (event.key.startsWith(watch.prefix) && event.revision > watch.after) {
      wanted ??= [];
      wanted.push(event);
    }
  }
  return wanted ?? NO_EVENTS;
}
