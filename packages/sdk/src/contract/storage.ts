/**
 * The storage contract, version 1: keys, bytes and revisions, nothing else. A backend knows no object, selector or
 * API version. One revision counter serves the whole store, as in etcd: every commit that changes a key raises it
 * by at least one, a commit that changes nothing leaves it alone.
 *
 * Keys are non-empty, well-formed Unicode (no lone surrogates): anything else is an {@link InvalidKeyError}.
 */

/** One value as it was last written. */
export interface StorageEntry {
  readonly key: string;
  readonly value: Buffer;
  /** The revision of the write that created the key. */
  readonly createRevision: number;
  /** The revision of the last write to the key. */
  readonly modRevision: number;
  /** When the key is to disappear, in milliseconds since 1970; told only to those who ask ({@link RangeOptions.expiry}). */
  readonly expiresAt?: number;
}

/** Options of a point read. */
export interface GetOptions {
  /**
   * Read the state as of this revision; the newest without it. Below the compaction: {@link CompactedError}; one
   * that does not exist yet: {@link FutureRevisionError}.
   */
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
  /** Tell {@link StorageEntry.expiresAt} of keys that have an end; it may cost a backend a request for each of them. */
  readonly expiry?: boolean;
  /**
   * Do not count what lies behind the page, which may cost a backend as much as reading it: {@link RangeResult.count} is
   * then at least the number of entries and may be less than the whole. For whoever reads all pages anyhow.
   */
  readonly uncounted?: boolean;
}

/** A page of entries in key order. */
export interface RangeResult {
  readonly entries: readonly StorageEntry[];
  /** True when entries behind the last one were left out by the limit. */
  readonly more: boolean;
  /** How many keys the whole range from `after` on has, those on this page included. */
  readonly count: number;
  /** The revision of the store that the page reflects: the asked one when one was asked. */
  readonly revision: number;
}

/**
 * One part of a commit. `expected` is the modRevision the key must have: 0 for absent, undefined for any. No two
 * operations of a commit may put or delete the same key ({@link InvalidKeyError}). A delete of an absent key is no
 * change and no event.
 */
export type StorageOperation =
  | {
      readonly type: "put";
      readonly key: string;
      readonly value: Buffer;
      readonly expected?: number;
      /** The key disappears so many seconds later, by an ordinary delete event; a later put without it lifts that. */
      readonly ttlSeconds?: number;
      /** See {@link StorageVersion.note}. */
      readonly note?: Buffer;
    }
  | { readonly type: "delete"; readonly key: string; readonly expected?: number; readonly note?: Buffer }
  /** Changes nothing; the commit fails unless the key is at `expected`. */
  | { readonly type: "check"; readonly key: string; readonly expected: number };

/** All operations took effect at one revision, or none did and the first mismatch is told. */
export type CommitResult =
  | { readonly committed: true; readonly revision: number }
  | {
      readonly committed: false;
      /** Index of the operation whose expectation failed. */
      readonly index: number;
      /** What the key held at the check; absent when it did not exist. Never a value that is not yet durable. */
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
  /** The modRevision that the key had before; 0 when it did not exist. */
  readonly previousRevision: number;
  /** What the key held before. A backend that would have to read it back may leave it out: keep your own copy. */
  readonly previous?: StorageEntry;
}

/**
 * The events of one or more whole revisions, in order; without events it only reports progress. An embedded backend
 * tells every watch of every revision, so that all of them stand at the current revision when a commit resolves.
 */
export interface StorageEventBatch {
  readonly events: readonly StorageEvent[];
  /** Every event of the prefix up to and including this revision has been delivered. */
  readonly revision: number;
}

/** One version of a key: what a put made of it, or the delete that ended it. */
export interface StorageVersion {
  readonly type: "put" | "delete";
  readonly revision: number;
  /** The revision of the write that created the key. */
  readonly createRevision: number;
  /** Absent for a delete. */
  readonly value?: Buffer;
  /**
   * What the committer said about the write, such as who it was: a few hundred bytes that live as long as the version.
   * A backend that has no place for it leaves it out.
   */
  readonly note?: Buffer;
}

/** Which versions of a key to tell. */
export interface VersionsOptions {
  /** Only versions older than this revision. */
  readonly before?: number;
  /** At most so many; all without it. */
  readonly limit?: number;
}

/** The versions of a key, newest first. */
export interface VersionsResult {
  readonly versions: readonly StorageVersion[];
  /** True when older versions were left out by the limit. */
  readonly more: boolean;
  /** What only revisions below this one saw is forgotten; 0 when nothing is. */
  readonly compacted: number;
  /** The revision of the store that the answer reflects. */
  readonly revision: number;
}

/** All that a store held at one revision, on its way into another store. */
export interface StorageSnapshot {
  /** The revision of the store that was read. */
  readonly revision: number;
  /** Every key once, in the order of modRevision, and of keys within one revision. */
  readonly entries: AsyncIterable<StorageEntry>;
}

/** What to watch and where to deliver it. */
export interface StorageWatchOptions {
  readonly prefix: string;
  /** Deliver what was committed after this revision; it may lie in the future. */
  readonly after: number;
  /** The events are shared between watches: never change them. A watch whose `onBatch` throws is ended. */
  onBatch(batch: StorageEventBatch): void;
  /** Called once when the backend ends the watch itself; not after `close` of the watch or of the storage. */
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
  /**
   * What the backend keeps its data in, such as a folder: two storages of one server with the same one are a mistake.
   * Undefined when each instance has its own, as in memory.
   */
  readonly location?: string;
  /** The largest value in bytes a put may carry; undefined for no limit. */
  readonly maxValueBytes?: number;
  /**
   * True for a backend that delivers every revision to every watch before the commit that made it resolves: what its
   * watches have told is then all that was acknowledged, and a read from a cache needs no confirmation. Nobody else can then
   * write to it either, so that controllers need no election.
   */
  readonly embedded?: boolean;
  /**
   * The newest acknowledged revision. A fresh store starts at 1, as etcd does. A backend that is not embedded sees to
   * it that its watches report progress up to the answer soon after.
   */
  currentRevision(): Promise<number>;
  get(key: string, options?: GetOptions): Promise<GetResult>;
  range(options: RangeOptions): Promise<RangeResult>;
  /** The versions of one key that are not forgotten, deletes included; the newest of all is among them while it exists. */
  versions(key: string, options?: VersionsOptions): Promise<VersionsResult>;
  /**
   * Rejects with {@link ValueTooLargeError} or {@link InvalidKeyError} before anything happened. After a
   * {@link StorageUnavailableError} or a {@link StorageTimeoutError} it is not known whether the commit took effect, as
   * with any lost connection.
   */
  commit(operations: readonly StorageOperation[]): Promise<CommitResult>;
  /**
   * Rejects with {@link CompactedError} when `after` is older than the compaction. An embedded backend delivers what
   * is already committed before the promise resolves.
   */
  watch(options: StorageWatchOptions): Promise<StorageWatch>;
  /**
   * Forgets what only revisions below this one need; reads and watches from below then fail. Does nothing when that
   * is already forgotten; a revision that does not exist yet is a {@link FutureRevisionError}.
   */
  compact(revision: number): Promise<void>;
  /**
   * Fills a store that is empty and as new with a snapshot, keeping every createRevision and modRevision and going on
   * from the snapshot's revision; what lies before counts as compacted. All or nothing, also through a crash. Rejects
   * with {@link StorageNotEmptyError}. A backend that gives out revisions by itself has none: its store is filled by
   * ordinary commits in the same order.
   */
  restore?(snapshot: StorageSnapshot): Promise<void>;
}
