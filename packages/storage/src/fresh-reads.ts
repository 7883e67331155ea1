import type { Storage } from "@quarterdeck/sdk";
import { boundedWait } from "./bounded-wait.js";
import type { CacheFeed } from "./cache-feed.js";
import type { Freshness } from "./freshness.js";
import type { ObjectCache } from "./object-cache.js";
import { tooLargeResourceVersion } from "./resource-version.js";
import { RevisionCheck } from "./revision-check.js";
import { storageFailure, storageUnavailable } from "./storage-failure.js";

/** Makes reads as new as they have to be. */
export class FreshReads {
  readonly #check: RevisionCheck;

  constructor(
    private readonly cache: ObjectCache,
    private readonly feed: CacheFeed,
    private readonly storage: Storage,
    private readonly freshness: Freshness,
    private readonly milliseconds: number,
  ) {
    this.#check = new RevisionCheck(storage, milliseconds);
  }

  /** Whether the cache is known to hold every acknowledged write, so that a read needs no confirmation. */
  get confirmed(): boolean {
    return this.feed.current && this.storage.embedded === true;
  }

  /** Resolves when the cache holds every write that was acknowledged before the call; else 503 or 504. */
  async newest(signal: AbortSignal | undefined): Promise<void> {
    if (this.confirmed) return;
    const { settling } = this.feed;
    if (settling !== undefined) await boundedWait(settling, this.milliseconds, signal);
    if (!this.feed.current) throw this.refusal();
    if (this.confirmed) return;
    // Reads that share a question wait as long as it takes, so that none of them needs a timer of its own.
    const revision = await this.#check.newest();
    if (revision > this.cache.revision) await this.atLeast(revision, signal);
  }

  /** Why nothing new is known: 500 for values that cannot be decrypted, else 503. */
  refusal(): unknown {
    const { unreadable } = this.feed;
    return unreadable === undefined ? storageUnavailable() : storageFailure(unreadable);
  }

  /** Resolves when the cache is at this revision or behind it; else 504 after upstream's three seconds. */
  async atLeast(revision: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.cache.revision === 0) throw this.refusal();
    if (revision <= this.cache.revision) return;
    const reached = await this.freshness.wait(revision, this.milliseconds, signal);
    if (!reached) throw tooLargeResourceVersion(revision, this.cache.revision);
  }
}
