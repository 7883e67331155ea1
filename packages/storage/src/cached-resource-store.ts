import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { Logger, Storage } from "@quarterdeck/sdk";
import { encodeObject } from "@quarterdeck/wire";
import { BackendHistory } from "./backend-history.js";
import { CacheFeed } from "./cache-feed.js";
import { CachedObject } from "./cached-object.js";
import { ValueTransformError } from "./encryption/value-transform-error.js";
import { FreshReads } from "./fresh-reads.js";
import { Freshness } from "./freshness.js";
import { KeySpace } from "./key-space.js";
import { ObjectCache } from "./object-cache.js";
import { ObjectHistorian } from "./object-history.js";
import { ObjectLister } from "./object-lister.js";
import { ObjectWriter } from "./object-writer.js";
import { RenditionBudget } from "./rendition-budget.js";
import type {
  HistoryOptions,
  ListOptions,
  ListPage,
  ObjectHistory,
  ObjectKey,
  ReadOptions,
  ResourceStore,
  ResourceWatch,
  UnreadableRemoval,
  WatchOptions,
  WriteAttributes,
  WriteResult,
} from "./resource-store.js";
import { parseResourceVersion } from "./resource-version.js";
import { StagedStore } from "./staged-store.js";
import { storageFailure, storageUnavailable } from "./storage-failure.js";
import type { ResourceStoreOptions } from "./store-options.js";
import { DEFAULT_STORE_OPTIONS } from "./store-options.js";
import type { StoredObject } from "./stored-object.js";
import type { Transaction } from "./transaction.js";
import { WatchHub } from "./watch-hub.js";

/** What a resource store is made of. */
export interface ResourceStoreParts {
  readonly storage: Storage;
  /** What all resources of this backend share, when `storage` is one resource's view of it: transactions go to it. */
  readonly backend?: Storage;
  /** Whether what a key holds should be written anew though nothing changed; never without it. */
  readonly stale?: (key: string) => Promise<boolean>;
  readonly descriptor: Pick<ResourceDescriptor, "keyPrefix" | "namespaced" | "ttlSeconds">;
  readonly logger?: Logger;
  /** The present in milliseconds; only differences count. */
  readonly clock?: () => number;
  readonly options?: Partial<ResourceStoreOptions>;
  /** Shared by the stores of a server; one of its own without it. */
  readonly budget?: RenditionBudget;
}

/** Makes the store of one resource over a backend that is open. */
export function createResourceStore(parts: ResourceStoreParts): ResourceStore {
  return new CachedResourceStore(parts);
}

class CachedResourceStore implements ResourceStore {
  readonly #storage: Storage;
  readonly #backend: Storage;
  readonly #stale: ((key: string) => Promise<boolean>) | undefined;
  readonly #options: ResourceStoreOptions;
  readonly #keys: KeySpace;
  readonly #cache: ObjectCache;
  readonly #hub: WatchHub;
  readonly #freshness = new Freshness();
  readonly #feed: CacheFeed;
  readonly #fresh: FreshReads;
  readonly #history: BackendHistory;
  readonly #lister: ObjectLister;
  readonly #writer: ObjectWriter;
  readonly #historian: ObjectHistorian;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({
    storage,
    backend = storage,
    stale,
    descriptor,
    logger,
    clock = Date.now,
    options,
    budget,
  }: ResourceStoreParts) {
    this.#storage = storage;
    this.#backend = backend;
    this.#stale = stale;
    this.#options = { ...DEFAULT_STORE_OPTIONS, ...options };
    const { freshMilliseconds } = this.#options;
    this.#keys = new KeySpace(descriptor.keyPrefix, descriptor.namespaced);
    this.#cache = new ObjectCache(this.#keys, this.#options, budget ?? new RenditionBudget(), clock);
    this.#hub = new WatchHub(this.#cache, logger);
    this.#feed = new CacheFeed(storage, this.#cache, this.#hub, this.#freshness, this.#options, logger);
    this.#fresh = new FreshReads(this.#cache, this.#feed, storage, this.#freshness, freshMilliseconds);
    this.#history = new BackendHistory(storage, this.#cache, freshMilliseconds);
    this.#lister = new ObjectLister(this.#cache, storage, this.#fresh);
    this.#writer = new ObjectWriter(this.#cache, storage, descriptor);
    this.#historian = new ObjectHistorian(this.#keys, storage);
  }

  async start(): Promise<void> {
    await this.#feed.start();
    this.#timer = setInterval(() => this.#tick(), this.#options.bookmarkMilliseconds);
    this.#timer.unref();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#feed.stop();
    this.#freshness.stop();
    this.#hub.end(undefined);
  }

  get size(): number {
    return this.#cache.tree.size;
  }

  peek(key: ObjectKey): StoredObject | undefined {
    const path = this.#keys.find(key);
    return path === undefined ? undefined : this.#cache.tree.get(path);
  }

  peekAll(namespace: string): readonly StoredObject[] {
    return this.#cache.tree.list(this.#keys.scope(namespace));
  }

  async get(key: ObjectKey, options: ReadOptions): Promise<StoredObject | undefined> {
    const path = this.#keys.keyOf(key);
    const { resourceVersion, signal } = options;
    if (resourceVersion === undefined || resourceVersion === "") {
      if (this.#feed.unreadable !== undefined) return this.#read(path);
      if (!this.#fresh.confirmed) await this.#fresh.newest(signal);
    } else {
      await this.#fresh.atLeast(parseResourceVersion(resourceVersion), signal);
    }
    return this.#cache.tree.get(path);
  }

  list(options: ListOptions): Promise<ListPage> {
    return this.#lister.list(options);
  }

  async watch(options: WatchOptions): Promise<ResourceWatch> {
    const { resourceVersion, sendInitialEvents, signal } = options;
    signal?.throwIfAborted();
    this.#keys.scope(options.namespace);
    const revision = parseResourceVersion(resourceVersion);
    const unset = resourceVersion === undefined || resourceVersion === "";
    if (this.#cache.revision === 0) throw this.#fresh.refusal();
    await this.#cache.indices.prepare(options.selector);
    if (sendInitialEvents !== undefined && unset) await this.#fresh.newest(signal);
    if (sendInitialEvents === true) await this.#fresh.atLeast(revision, signal);
    // The ring may move on while the answer comes; from the last look at it on nothing waits.
    while (sendInitialEvents !== true && revision > 0 && revision < this.#cache.ring.start) {
      await this.#history.reach(revision).catch((error: unknown) => {
        throw storageFailure(error);
      });
    }
    signal?.throwIfAborted();
    if (this.#stopped) throw storageUnavailable();
    if (sendInitialEvents === true || (sendInitialEvents === undefined && revision === 0)) {
      return this.#hub.watchState(options);
    }
    return this.#hub.watchFrom(revision === 0 ? this.#cache.revision : revision, options);
  }

  async create(key: ObjectKey, object: KubeObject, attributes: WriteAttributes = {}): Promise<WriteResult> {
    return this.#writer.create(key, object, attributes);
  }

  replace(current: StoredObject, object: KubeObject, attributes: WriteAttributes = {}): Promise<WriteResult> {
    return this.#writer.replace(current, object, attributes);
  }

  remove(current: StoredObject, attributes: Pick<WriteAttributes, "note"> = {}): Promise<WriteResult> {
    return this.#writer.remove(current, attributes);
  }

  async removeUnreadable(place: ObjectKey, { dryRun, note }: UnreadableRemoval) {
    const key = this.#keys.keyOf(place);
    for (;;) {
      const expected = await this.#unreadableRevision(key);
      if (typeof expected !== "number") return expected;
      if (dryRun) return "removed";
      const operation = { type: "delete", key, expected, ...(note && { note }) } as const;
      try {
        if (!(await this.#storage.commit([operation])).committed) continue;
      } catch (error) {
        // The state that stands there instead may be another that cannot be read.
        if (ValueTransformError.is(error)) continue;
        throw storageFailure(error);
      }
      await this.#feed.retry();
      return "removed";
    }
  }

  /** The revision of a state that cannot be read. */
  async #unreadableRevision(key: string): Promise<number | "readable" | "absent"> {
    try {
      const { entry } = await this.#storage.get(key);
      if (entry === undefined) return "absent";
      // What reading it parses is what would fail.
      return isReadable(this.#cache.fromEntry(entry)) ? "readable" : entry.modRevision;
    } catch (error) {
      if (ValueTransformError.is(error) && error.revision !== undefined) return error.revision;
      throw storageFailure(error);
    }
  }

  history(key: ObjectKey, options: HistoryOptions = {}): Promise<ObjectHistory> {
    return this.#historian.history(key, options);
  }

  join(transaction: Transaction): ResourceStore {
    return new StagedStore(this, this.#backend, this.#keys, this.#writer, transaction);
  }

  encode(key: ObjectKey, object: KubeObject): StoredObject {
    const path = this.#keys.keyOf(key);
    const revision = parseResourceVersion(object.metadata.resourceVersion);
    return new CachedObject(path, revision, revision, encodeObject(object), { keys: this.#keys }, object);
  }

  get unreadable(): Error | undefined {
    return this.#feed.unreadable;
  }

  async stale({ key }: StoredObject): Promise<boolean> {
    if (this.#stale === undefined) return false;
    return this.#stale(key).catch((error: unknown) => {
      throw storageFailure(error);
    });
  }

  /** Asks the backend for one object: others of the resource that cannot be decrypted are no reason to withhold it. */
  async #read(path: string): Promise<StoredObject | undefined> {
    const { entry } = await this.#storage.get(path).catch((error: unknown) => {
      throw storageFailure(error);
    });
    return entry && this.#cache.fromEntry(entry);
  }

  #tick(): void {
    this.#cache.trim();
    if (this.#feed.current) this.#hub.bookmark();
  }
}

function isReadable(state: StoredObject | undefined): boolean {
  try {
    return isJsonObject(state?.object) && isJsonObject(state.object.metadata);
  } catch {
    return false;
  }
}
