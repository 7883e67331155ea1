/**
 * The storage contract, version 1: keys, bytes and revisions, nothing else. A backend knows no object, selector or
 * API version. One revision counter serves the whole store, as in etcd: every commit raises it by at least one.
 */

/** One value as it was last written. */
export interface StorageEntry {
  readonly key: string;
  readonly value: Buffer;
  /** The revision of the write that created the key. */
  readonly createRevision: number;
  /** The revision of the last write to the key. */
  readonly modRevision: number;
}

/** Options of a point read. */
export interface GetOptions {
  /** Read the state as of this revision; the newest without it. Below the compaction: {@link CompactedError}. */
  readonly revision?: number;
}

/** The answer to a point read, with the revision of the store that it reflects. */
export interface GetResult {
  readonly entry?: StorageEntry;
  readonly revision: number;
}

/** Options of an ordered read; keys are ordered by their UTF-8 bytes. */
export interface RangeOptions {
  readonly prefix: string;
  /** Only keys strictly greater than this one. */
  readonly after?: string;
  /** At most so many entries; all without it. */
  readonly limit?: number;
  /** As for {@link GetOptions.revision}. */
  readonly revision?: number;
}

/** A page of entries in key order. */
export interface RangeResult {
  readonly entries: readonly StorageEntry[];
  /** True when entries behind the last one were left out by the limit. */
  readonly more: boolean;
  /** How many keys the whole range from `after` on has. */
  readonly count: number;
  readonly revision: number;
}

/** One part of a commit. `expected` is the modRevision the key must have: 0 for absent, undefined for any. */
export type StorageOperation =
  | {
      readonly type: "put";
      readonly key: string;
      readonly value: Buffer;
      readonly expected?: number;
      /** The key disappears so many seconds later, by an ordinary delete event; a later put without it lifts that. */
      readonly ttlSeconds?: number;
    }
  | { readonly type: "delete"; readonly key: string; readonly expected?: number }
  /** Changes nothing; the commit fails unless the key is at `expected`. */
  | { readonly type: "check"; readonly key: string; readonly expected: number };

/** All operations took effect at one revision, or none did and the first mismatch is told. */
export type CommitResult =
  | { readonly committed: true; readonly revision: number }
  | {
      readonly committed: false;
      /** Index of the operation whose expectation failed. */
      readonly index: number;
      /** What the key holds instead; absent when it does not exist. */
      readonly current?: StorageEntry;
      readonly revision: number;
    };

/** One change of one key. */
export interface StorageEvent {
  readonly type: "put" | "delete";
  readonly key: string;
  /** The new value of a put; on an embedded backend the very Buffer that was committed. */
  readonly value?: Buffer;
  readonly revision: number;
  readonly createRevision: number;
  /** What the key held before, if it existed. */
  readonly previous?: StorageEntry;
}

/** The events of one or more whole revisions, in order; without events it only reports progress. */
export interface StorageEventBatch {
  readonly events: readonly StorageEvent[];
  /** Every event of the prefix up to and including this revision has been delivered. */
  readonly revision: number;
}

/** What to watch and where to deliver it. */
export interface StorageWatchOptions {
  readonly prefix: string;
  /** Deliver what was committed after this revision. */
  readonly after: number;
  onBatch(batch: StorageEventBatch): void;
  /** Called once when the backend ends the watch itself; not after `close`. */
  onEnd(error: Error): void;
}

/** A running watch. No callback is made after `close` returns. */
export interface StorageWatch {
  close(): void;
}

/**
 * A storage backend. Acknowledged means on disk: `commit` resolves after the bytes would survive a crash of the
 * process. Watches of an embedded backend are delivered before the commit that caused them resolves.
 */
export interface Storage {
  /** Opens the store; throws one clear error when that is not possible, and never starts empty over damaged data. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** The largest value in bytes a put may carry; undefined for no limit. */
  readonly maxValueBytes?: number;
  /** The newest acknowledged revision. A fresh store starts at 1, as etcd does. */
  currentRevision(): Promise<number>;
  get(key: string, options?: GetOptions): Promise<GetResult>;
  range(options: RangeOptions): Promise<RangeResult>;
  commit(operations: readonly StorageOperation[]): Promise<CommitResult>;
  /** Rejects with {@link CompactedError} when `after` is older than the compaction. */
  watch(options: StorageWatchOptions): Promise<StorageWatch>;
  /** Forgets what only revisions below this one need; reads and watches from below then fail. */
  compact(revision: number): Promise<void>;
}
