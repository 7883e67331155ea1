import type { StorageEntry, StorageVersion } from "@quarterdeck/sdk";
import type { Database } from "./database.js";
import { checksumOf, dataKeyOf, headOf, keyOf, versionBound } from "./key-layout.js";
import { bareValue, noteOf } from "./noted-value.js";
import { StorageDamagedError } from "./open-errors.js";
import type { VersionHead } from "./version-head.js";

/** Reads a version by its head; undefined when a compaction has removed it in the meantime. */
export async function readVersion(
  database: Database,
  key: string,
  head: VersionHead,
): Promise<StorageEntry | undefined> {
  const dataKey = dataKeyOf(key, head);
  const stored = await database.get(dataKey);
  return stored && entryOf(key, head, dataKey, stored);
}

/** Reads what a key held at a revision; the caller has checked that no compaction has passed it. */
export async function readVersionAt(
  database: Database,
  key: string,
  revision: number,
): Promise<StorageEntry | undefined> {
  const range = { gte: versionBound(key, 0), lt: versionBound(key, revision + 1), reverse: true, limit: 1 };
  const iterator = database.iterator(range);
  try {
    const record = await iterator.next();
    const head = record && headOf(record[0]);
    return record === undefined || head === undefined || head.deleted
      ? undefined
      : entryOf(key, head, record[0], record[1]);
  } finally {
    await iterator.close();
  }
}

/** Reads the versions of a key older than a revision, newest first; at most one more than `limit`. */
export async function readVersions(
  database: Database,
  key: string,
  before: number,
  limit: number,
): Promise<StorageVersion[]> {
  const range = { gte: versionBound(key, 0), lt: versionBound(key, before), reverse: true };
  const versions: StorageVersion[] = [];
  for await (const [dataKey, stored] of database.iterator(range)) {
    const head = headOf(dataKey);
    if (head === undefined) throw new StorageDamagedError("a record has a key that was never written");
    const { revision, createRevision } = head;
    if (head.noted || !head.deleted) {
      assertWhole(head, dataKey, stored);
    }
    const note = noteOf(stored, head.noted);
    const told = note === undefined ? { revision, createRevision } : { revision, createRevision, note };
    versions.push(
      head.deleted ? { type: "delete", ...told } : { type: "put", ...told, value: bareValue(stored, head.noted) },
    );
    if (versions.length > limit) break;
  }
  return versions;
}

/** The entry of a record, once its checksum was found right; with its end when asked. */
export function entryOf(key: string, head: VersionHead, dataKey: Buffer, stored: Buffer, expiry = false): StorageEntry {
  assertWhole(head, dataKey, stored);
  const value = bareValue(stored, head.noted);
  const { createRevision, revision: modRevision, expiresAt } = head;
  return expiry && expiresAt > 0
    ? { key, value, createRevision, modRevision, expiresAt }
    : { key, value, createRevision, modRevision };
}

function assertWhole(head: VersionHead, dataKey: Buffer, stored: Buffer): void {
  if (checksumOf(dataKey, stored) !== head.checksum) {
    throw new StorageDamagedError(`the value of ${keyOf(dataKey)} at revision ${head.revision} has a wrong checksum`);
  }
}
