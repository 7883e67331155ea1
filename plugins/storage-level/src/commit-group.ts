import type { CommitResult, StorageEvent, StorageOperation } from "@quarterdeck/sdk";
import type { Database } from "./database.js";
import { encodeChange } from "./key-layout.js";
import type { IndexEntry, RevisionIndex } from "./revision-index.js";
import type { VersionHead } from "./version-head.js";

/** An expectation that did not hold, and what was there instead. */
export interface Refusal {
  readonly index: number;
  readonly key: string;
  readonly current: VersionHead | undefined;
}

/** A commit that waits for its group. A refused one waits too: what it was refused for may not be on disk yet. */
export interface WaitingCommit {
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: Error) => void;
  readonly revision: number;
  readonly refusal: Refusal | undefined;
}

/** The commits that one LevelDB batch writes. */
export class CommitGroup {
  readonly waiting: WaitingCommit[] = [];
  readonly events: StorageEvent[] = [];
  readonly entries: IndexEntry[] = [];
  /** The last revision of the group; 0 as long as nothing changes. */
  revision = 0;
  bytes = 0;
  /** True from the moment it is being written. */
  closed = false;

  constructor(readonly batch: ReturnType<typeof openBatch>) {}

  /** Encodes a commit; returns its revision, or the one before when it changes nothing. */
  add(operations: readonly StorageOperation[], revision: number, index: RevisionIndex): number {
    let sub = 0;
    for (const operation of operations) {
      if (operation.type === "check") {
        continue;
      }
      const { key, type } = operation;
      const previous = index.newest(key);
      if (type === "delete" && previous === undefined) {
        continue;
      }
      const value = type === "put" ? operation.value : undefined;
      const ttlSeconds = type === "put" ? operation.ttlSeconds : undefined;
      const createRevision = previous === undefined ? revision : previous.createRevision;
      const expiresAt = ttlSeconds === undefined ? 0 : Date.now() + Math.ceil(ttlSeconds * 1000);
      const head = { revision, createRevision, expiresAt, deleted: type === "delete" };
      const { logKey, logValue, dataKey, checksum } = encodeChange(key, head, sub, value, previous);
      this.batch.put(dataKey, value ?? NO_VALUE);
      this.batch.put(logKey, logValue);
      this.entries.push(index.add(key, { revision, createRevision, expiresAt, deleted: head.deleted, checksum }));
      this.events.push(eventOf(type, key, value, revision, createRevision, previous?.revision ?? 0));
      this.bytes += logValue.length + dataKey.length + (value === undefined ? 0 : value.length);
      sub++;
    }
    if (sub === 0) {
      return revision - 1;
    }
    this.revision = revision;
    return revision;
  }

  /** Takes note that the group is on disk. */
  settle(index: RevisionIndex): void {
    for (let at = 0; at < this.entries.length; at++) {
      const entry = this.entries[at];
      const event = this.events[at];
      if (entry !== undefined && event !== undefined) {
        index.settle(event.key, entry);
      }
    }
  }

  reject(error: Error): void {
    for (const { reject } of this.waiting) {
      reject(error);
    }
  }
}

const NO_VALUE = Buffer.alloc(0);

function eventOf(
  type: "put" | "delete",
  key: string,
  value: Buffer | undefined,
  revision: number,
  createRevision: number,
  previousRevision: number,
): StorageEvent {
  return value === undefined
    ? { type, key, revision, createRevision, previousRevision }
    : { type, key, value, revision, createRevision, previousRevision };
}

function openBatch(database: Database) {
  return database.batch();
}
