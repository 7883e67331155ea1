import type { Logger, Storage, StorageEntry, StorageEventBatch, StorageWatch } from "@quarterdeck/sdk";
import type { Freshness } from "./freshness.js";
import type { ObjectCache } from "./object-cache.js";
import { tooOldResourceVersion } from "./resource-version.js";
import type { ResourceStoreOptions } from "./store-options.js";
import type { WatchHub } from "./watch-hub.js";

/** A backend that answers over a network is read in pages of so many. */
const REMOTE_PAGE = 10_000;

/** Keeps a cache in step with the backend: reads all, watches, and does so again when the watch breaks. */
export class CacheFeed {
  #watch: StorageWatch | undefined;
  /** Tells callbacks of an earlier watch from those of the present one. */
  #generation = 0;
  #current = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;
  #pauseMilliseconds: number;

  constructor(
    private readonly storage: Storage,
    private readonly cache: ObjectCache,
    private readonly hub: WatchHub,
    private readonly freshness: Freshness,
    private readonly options: ResourceStoreOptions,
    private readonly logger: Logger | undefined,
  ) {
    this.#pauseMilliseconds = options.retryMilliseconds.first;
  }

  /** Whether the cache hears of every change. */
  get current(): boolean {
    return this.#current;
  }

  /** The first load; rejects as the backend does. */
  async start(): Promise<void> {
    const { entries, revision } = await this.#readAll();
    this.cache.load(entries, revision);
    await this.#watchOn();
  }

  stop(): void {
    this.#stopped = true;
    this.#current = false;
    this.#generation++;
    clearTimeout(this.#retry);
    this.#watch?.close();
    this.#watch = undefined;
  }

  async #watchOn(): Promise<void> {
    const generation = ++this.#generation;
    const { prefix } = this.cache.keys;
    const watch = await this.storage.watch({
      prefix,
      after: this.cache.revision,
      onBatch: (batch) => {
        if (generation === this.#generation) this.#take(batch);
      },
      onEnd: (error) => {
        if (generation === this.#generation) this.#broken(error);
      },
    });
    if (generation !== this.#generation) return watch.close();
    this.#watch = watch;
    this.#current = true;
    this.#pauseMilliseconds = this.options.retryMilliseconds.first;
  }

  #take(batch: StorageEventBatch): void {
    // Most batches only report that some other resource has changed.
    const changes = batch.events.length === 0 ? undefined : this.cache.apply(batch.events, batch.revision);
    this.cache.progress(batch.revision);
    this.freshness.advance(this.cache.revision);
    if (changes !== undefined) this.hub.dispatch(changes);
  }

  #broken(error: unknown): void {
    this.#generation++;
    this.#current = false;
    this.#watch = undefined;
    if (this.#stopped) return;
    const milliseconds = this.#pauseMilliseconds;
    this.#pauseMilliseconds = Math.min(milliseconds * 2, this.options.retryMilliseconds.longest);
    this.logger?.warn("the watch of the storage ended, the resource is read again", {
      prefix: this.cache.keys.prefix,
      milliseconds,
      error,
    });
    this.#retry = setTimeout(() => void this.#readAgain(), milliseconds);
    this.#retry.unref();
  }

  async #readAgain(): Promise<void> {
    try {
      const { entries, revision } = await this.#readAll();
      if (this.#stopped) return;
      if (revision < this.cache.revision) this.#wentBack(entries, revision);
      else this.hub.dispatch(this.cache.catchUp(entries, revision));
      this.freshness.advance(revision);
      await this.#watchOn();
    } catch (error) {
      if (!this.#stopped) this.#broken(error);
    }
  }

  /** The backend was restored from a backup: no client can go on from what it has. */
  #wentBack(entries: readonly StorageEntry[], revision: number): void {
    const before = this.cache.revision;
    this.logger?.error("the storage went back in time", { prefix: this.cache.keys.prefix, before, revision });
    this.cache.load(entries, revision);
    this.hub.end(tooOldResourceVersion(before, revision));
  }

  async #readAll(): Promise<{ entries: readonly StorageEntry[]; revision: number }> {
    const { prefix } = this.cache.keys;
    if (this.storage.embedded === true) return this.storage.range({ prefix });
    const first = await this.storage.range({ prefix, limit: REMOTE_PAGE });
    const { revision } = first;
    const entries = [...first.entries];
    for (let { more } = first; more; ) {
      const after = entries.at(-1)?.key ?? prefix;
      const page = await this.storage.range({ prefix, limit: REMOTE_PAGE, after, revision });
      for (const entry of page.entries) entries.push(entry);
      more = page.more && page.entries.length > 0;
    }
    return { entries, revision };
  }
}
