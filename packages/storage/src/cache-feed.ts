import type { Logger, Storage, StorageEventBatch, StorageWatch } from "@quarterdeck/sdk";
import { CompactedError, StorageTimeoutError, StorageUnavailableError } from "@quarterdeck/sdk";
import { ValueTransformError } from "./encryption/value-transform-error.js";
import type { Freshness } from "./freshness.js";
import type { ObjectCache } from "./object-cache.js";
import { type PrefixPage, readPrefix } from "./read-prefix.js";
import { tooOldResourceVersion } from "./resource-version.js";
import { RetryPause } from "./retry-pause.js";
import type { ResourceStoreOptions } from "./store-options.js";
import type { WatchHub } from "./watch-hub.js";

/** Whether an error says only that the backend could not be reached: what the cache has seen still holds. */
function isOutage(error: unknown): boolean {
  return StorageUnavailableError.is(error) || StorageTimeoutError.is(error);
}

/**
 * Keeps a cache in step with the backend: reads all, then watches. A watch that breaks is resumed where it stood, so
 * that no event is lost; only when the backend has forgotten what came since, all is read again and the difference told.
 */
export class CacheFeed {
  #watch: StorageWatch | undefined;
  /** Tells callbacks of an earlier watch from those of the present one. */
  #generation = 0;
  #current = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;
  readonly #pause: RetryPause;
  /** What the next attempt does. */
  #next: "resume" | "read" = "resume";
  /** Where a watch stood that ended though the backend was there. */
  #stuckAt = -1;
  #unreadable: ValueTransformError | undefined;
  /** While the first attempt to heal is under way. */
  #settling: { readonly promise: Promise<void>; readonly settle: () => void } | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly cache: ObjectCache,
    private readonly hub: WatchHub,
    private readonly freshness: Freshness,
    options: ResourceStoreOptions,
    private readonly logger: Logger | undefined,
  ) {
    this.#pause = new RetryPause(options.retryMilliseconds);
  }

  /** Whether the cache hears of every change. */
  get current(): boolean {
    return this.#current;
  }

  /** Why the cache is not kept: a stored value cannot be decrypted. Tried again like any other failure. */
  get unreadable(): ValueTransformError | undefined {
    return this.#unreadable;
  }

  /** Set just after a watch broke, until it is known whether that heals at once; it never rejects. */
  get settling(): Promise<void> | undefined {
    return this.#settling?.promise;
  }

  /**
   * The first load; rejects as the backend does. Values that cannot be decrypted are no reason not to start, as upstream's
   * server does not wait for a key service: the resource is unreadable until a later attempt succeeds.
   */
  async start(): Promise<void> {
    try {
      await this.cache.load(readPrefix(this.storage, this.cache.keys.prefix));
      await this.#watchOn();
    } catch (error) {
      if (!ValueTransformError.is(error)) throw error;
      this.#next = "read";
      this.#tryLater("the stored objects cannot be read", error);
    }
  }

  /** Reads again at once what could not be read; without effect when all can be. Never rejects. */
  async retry(): Promise<void> {
    if (this.#unreadable === undefined || this.#stopped) return;
    clearTimeout(this.#retry);
    await this.#heal();
  }

  stop(): void {
    this.#stopped = true;
    this.#current = false;
    this.#generation++;
    clearTimeout(this.#retry);
    this.#watch?.close();
    this.#watch = undefined;
    this.#settled();
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
        if (generation === this.#generation) this.#ended(error);
      },
    });
    if (generation !== this.#generation) return watch.close();
    this.#watch = watch;
    this.#current = true;
    this.#next = "resume";
    this.#unreadable = undefined;
    this.#pause.succeeded();
    this.#settled();
  }

  #take(batch: StorageEventBatch): void {
    // Most batches only report that some other resource has changed.
    const changes = batch.events.length === 0 ? undefined : this.cache.apply(batch.events, batch.revision);
    this.cache.progress(batch.revision);
    this.freshness.advance(this.cache.revision);
    if (changes !== undefined) this.hub.dispatch(changes);
  }

  #ended(error: unknown): void {
    this.#generation++;
    this.#current = false;
    this.#watch = undefined;
    if (this.#stopped) return;
    const { revision } = this.cache;
    // What ends a watch twice at one place would end it there forever.
    if (CompactedError.is(error) || (!isOutage(error) && this.#stuckAt === revision)) this.#next = "read";
    if (!isOutage(error)) this.#stuckAt = revision;
    this.#beginSettling();
    this.#tryLater("the watch of the storage ended", error);
  }

  #tryLater(what: string, error: unknown): void {
    if (ValueTransformError.is(error)) this.#unreadable = error;
    const milliseconds = this.#pause.next();
    const { prefix } = this.cache.keys;
    this.logger?.warn(what, { prefix, next: this.#next, milliseconds, error });
    this.#retry = setTimeout(() => void this.#heal(), milliseconds);
    this.#retry.unref();
  }

  async #heal(): Promise<void> {
    const generation = ++this.#generation;
    try {
      // A watch from a revision that the backend has yet to reach would wait in silence after a restore from a backup.
      const behind = this.#next === "resume" && (await this.storage.currentRevision()) < this.cache.revision;
      if (this.#stopped) return;
      if (behind || this.#next === "read") await this.#readAgain();
      if (!this.#stopped) await this.#watchOn();
    } catch (error) {
      // An end that was told by the watch itself has made its own arrangements.
      if (this.#stopped || this.#generation > generation + 1) return;
      if (!isOutage(error)) this.#next = "read";
      this.#settled();
      this.#tryLater("the storage cannot be watched", error);
    }
  }

  async #readAgain(): Promise<void> {
    const pages: PrefixPage[] = [];
    for await (const page of readPrefix(this.storage, this.cache.keys.prefix)) pages.push(page);
    if (this.#stopped) return;
    const revision = pages[0]?.revision ?? 0;
    const entries = pages.flatMap((page) => page.entries);
    if (this.cache.revision === 0) await this.cache.load(pages);
    else if (revision < this.cache.revision || this.cache.contradicts(entries)) await this.#wentBack(pages, revision);
    else this.hub.dispatch(this.cache.catchUp(entries, revision));
    this.#stuckAt = -1;
    this.#next = "resume";
    this.freshness.advance(revision);
  }

  #beginSettling(): void {
    if (this.#settling !== undefined) return;
    let settle = (): void => {};
    const promise = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#settling = { promise, settle };
  }

  #settled(): void {
    this.#settling?.settle();
    this.#settling = undefined;
  }

  /** The backend was restored from a backup: no client can go on from what it has. */
  async #wentBack(pages: readonly PrefixPage[], revision: number): Promise<void> {
    const before = this.cache.revision;
    this.logger?.error("the storage went back in time", { prefix: this.cache.keys.prefix, before, revision });
    await this.cache.load(pages);
    this.hub.end(tooOldResourceVersion(before, revision));
  }
}
