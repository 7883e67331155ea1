import type { Storage, StorageEvent, StorageWatch } from "@quarterdeck/sdk";
import { CompactedError } from "@quarterdeck/sdk";
import type { CachedObject } from "./cached-object.js";
import type { ObjectCache } from "./object-cache.js";
import { tooOldResourceVersion } from "./resource-version.js";

/** How many states are read at once. */
const PARALLEL = 32;

/**
 * Fetches events from before the ring's start out of the backend's history, so that clients that come back after a
 * restart need not list again. What was fetched stays in the ring for the next client.
 */
export class BackendHistory {
  #running: Promise<void> | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly cache: ObjectCache,
    /** How long a backend may take to tell its history. */
    private readonly milliseconds: number,
  ) {}

  /** Makes the ring reach back to a revision; throws 410 when that is not possible. */
  async reach(revision: number): Promise<void> {
    while (revision < this.cache.ring.start) {
      if (this.#running !== undefined) {
        // Whoever waits behind another client is better off when that one asked for more.
        await this.#running.catch(() => undefined);
        continue;
      }
      const running = this.#fetch(revision).catch((error: unknown) => {
        throw CompactedError.is(error) ? tooOldResourceVersion(revision, error.compacted) : error;
      });
      this.#running = running;
      try {
        await running;
      } finally {
        this.#running = undefined;
      }
    }
  }

  async #fetch(revision: number): Promise<void> {
    const { ring } = this.cache;
    const { events, reached } = await this.#collect(revision);
    const before = await this.#statesBefore(events, revision);
    // The ring may have moved on meanwhile, or have been replaced.
    if (ring !== this.cache.ring || reached < ring.start) throw tooOldResourceVersion(revision, this.cache.ring.start);
    this.cache.extend(events, before, revision);
  }

  /** The events after a revision up to the ring's start or later. */
  #collect(revision: number): Promise<{ events: StorageEvent[]; reached: number }> {
    return new Promise((resolve, reject) => {
      const events: StorageEvent[] = [];
      const { ring, keys } = this.cache;
      let watch: StorageWatch | undefined;
      let ended = false;
      let bytes = 0;
      const end = (finish: () => void): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        watch?.close();
        finish();
      };
      const tooOld = (): void => end(() => reject(tooOldResourceVersion(revision, ring.start)));
      const timer = setTimeout(tooOld, this.milliseconds);
      const started = this.storage.watch({
        prefix: keys.prefix,
        after: revision,
        onBatch: (batch) => {
          if (ended) return;
          for (const event of batch.events) {
            events.push(event);
            bytes += event.value?.length ?? 0;
          }
          if (events.length > ring.options.maxEvents || bytes > ring.options.maxBytes) tooOld();
          else if (batch.revision >= ring.start) end(() => resolve({ events, reached: batch.revision }));
        },
        onEnd: (error) => end(() => reject(error)),
      });
      started.then(
        (handle) => {
          watch = handle;
          if (ended) handle.close();
        },
        (error: unknown) => end(() => reject(error)),
      );
    });
  }

  /** The states at a revision of all keys that the events change or delete. */
  async #statesBefore(events: readonly StorageEvent[], revision: number): Promise<Map<string, CachedObject>> {
    const seen = new Set<string>();
    const missing: string[] = [];
    for (const { key, previousRevision } of events) {
      if (!seen.has(key) && previousRevision > 0) missing.push(key);
      seen.add(key);
    }
    const states = new Map<string, CachedObject>();
    for (let at = 0; at < missing.length; at += PARALLEL) {
      const reads = missing.slice(at, at + PARALLEL).map((key) => this.storage.get(key, { revision }));
      for (const { entry } of await Promise.all(reads)) {
        const state = entry && this.cache.fromEntry(entry);
        if (state !== undefined) states.set(state.key, state);
      }
    }
    return states;
  }
}
