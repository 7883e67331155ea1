import type { StorageEntry } from "@quarterdeck/sdk";

/** Below this lies all that a server keeps. */
export const REGISTRY_PREFIX = "/registry/";

/** What one storage held at one revision: a part of a backup, or of a move from storage to storage. */
export interface StoredSection {
  /** What the storage is called: `storage`, or `storage-events` for an override. */
  readonly name: string;
  readonly revision: number;
  readonly count: number;
  /** Each key once, in the order of modRevision, and of keys within one revision; may be asked for several times. */
  entries(): AsyncIterable<StorageEntry>;
}

/** Told of how far a transfer is, in objects. */
export type ReportProgress = (done: number, total: number) => void;

/** How many objects the sections hold together. */
export function countOf(sections: readonly StoredSection[]): number {
  return sections.reduce((sum, { count }) => sum + count, 0);
}
