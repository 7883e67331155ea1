import { setImmediate as nextTurn } from "node:timers/promises";
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
  /** The fetch that is under way or about to begin. */
  #running: Promise<void> | undefined;
  /** How far back the next fetch goes. */
  #oldest = Number.POSITIVE_INFINITY;
  /** The newest revision that is known to be forgotten. */
  #compacted = 0;

  constructor(
    private readonly storage: Storage,
    private readonly cache: ObjectCache,
    /** How long a backend may take to tell its history. */
    private readonly milliseconds: number,
  ) {}

  /** Makes the ring reach back to a revision; throws 410 when that is not possible. */
  async reach(revision: number): Promise<void> {
    while (revision < this.cache.ring.start) {
      if (revision < this.#compacted) throw tooOldResourceVersion(revision, this.#compacted);
      this.#oldest = Math.min(this.#oldest, revision);
      this.#running ??= this.#fetchOldest().finally(() => {
        this.#running = undefined;
      });
      await this.#running;
    }
  }

  /** One fetch for all who came in this turn; one that came from too far back must not fail the others. */
  async #fetchOldest(): Promise<void> {
    await nextTurn();
    const revision = this.#oldest;
    this.#oldest = Number.POSITIVE_INFINITY;
    if (revision < this.#compacted) return;
    await this.#fetch(revision).catch((error: unknown) => {
      if (!CompactedError.is(error)) throw error;
      this.#compacted = Math.max(this.#compacted, error.compacted);
    });
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
