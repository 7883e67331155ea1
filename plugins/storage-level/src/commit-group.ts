import type { CommitResult, StorageEvent, StorageOperation } from "@quarterdeck/sdk";
import type { Database } from "./database.js";
import type { KeyHead } from "./head-table.js";
import { encodeChange } from "./key-layout.js";
import { sealValue } from "./noted-value.js";
import type { RevisionIndex } from "./revision-index.js";
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
  readonly heads: KeyHead[] = [];
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
      const { type, note } = operation;
      const previous = index.newest(operation.key);
      if (type === "delete" && previous === undefined) {
        continue;
      }
      const key = previous?.key ?? operation.key;
      const value = type === "put" ? operation.value : undefined;
      const ttlSeconds = type === "put" ? operation.ttlSeconds : undefined;
      const createRevision = previous === undefined ? revision : previous.createRevision;
      const expiresAt = ttlSeconds === undefined ? 0 : Date.now() + Math.ceil(ttlSeconds * 1000);
      const head = { revision, createRevision, expiresAt, deleted: type === "delete", noted: note !== undefined };
      const stored = sealValue(value, note);
      const { logKey, logValue, dataKey, checksum } = encodeChange(key, head, sub, stored, previous);
      this.batch.put(dataKey, stored);
      this.batch.put(logKey, logValue);
      const added = { key, revision, createRevision, expiresAt, checksum, noted: head.noted, deleted: head.deleted };
      index.add(added);
      this.heads.push(added);
      this.events.push(eventOf(type, key, value, revision, createRevision, previous?.revision ?? 0));
      this.bytes += logValue.length + dataKey.length + stored.length;
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
    for (const head of this.heads) {
      index.settle(head);
    }
  }

  reject(error: Error): void {
    for (const { reject } of this.waiting) {
      reject(error);
    }
  }
}

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
