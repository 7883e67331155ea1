import type { EventRingOptions } from "./event-ring.js";
import type { SnapshotStoreOptions } from "./snapshot-store.js";

/** The bounds and intervals of a resource store; the defaults suit a server. */
export interface ResourceStoreOptions {
  readonly ring: EventRingOptions;
  readonly snapshots: SnapshotStoreOptions;
  /** How long a read waits for a revision; upstream waits 3 s. */
  readonly freshMilliseconds: number;
  readonly bookmarkMilliseconds: number;
  /** The first and the longest pause before a broken backend watch is tried again. */
  readonly retryMilliseconds: { readonly first: number; readonly longest: number };
}

/** Ring as upstream's (100 events and more, 75 s), but bounded in bytes too; bookmarks each minute. */
export const DEFAULT_STORE_OPTIONS: ResourceStoreOptions = {
  ring: { minEvents: 100, maxEvents: 102_400, maxBytes: 64 * 1024 * 1024, freshMilliseconds: 75_000 },
  snapshots: { maxSnapshots: 8, idleMilliseconds: 60_000 },
  freshMilliseconds: 3_000,
  bookmarkMilliseconds: 60_000,
  retryMilliseconds: { first: 100, longest: 5_000 },
};
