import type { StorageEntry, StorageVersion } from "@quarterdeck/sdk";
import type { Database } from "./database.js";
import { checksumOf, dataKeyOf, headOf, keyOf, versionBound } from "./key-layout.js";
import { StorageDamagedError } from "./open-errors.js";
import type { VersionHead } from "./version-head.js";

/** Reads a version by its head; undefined when a compaction has removed it in the meantime. */
export async function readVersion(
  database: Database,
  key: string,
  head: VersionHead,
): Promise<StorageEntry | undefined> {
  const dataKey = dataKeyOf(key, head);
  const value = await database.get(dataKey);
  return value && entryOf(key, head, dataKey, value);
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
  for await (const [dataKey, value] of database.iterator(range)) {
    const head = headOf(dataKey);
    if (head === undefined) throw new StorageDamagedError("a record has a key that was never written");
    const { revision, createRevision } = head;
    versions.push(
      head.deleted
        ? { type: "delete", revision, createRevision }
        : { type: "put", revision, createRevision, value: entryOf(key, head, dataKey, value).value },
    );
    if (versions.length > limit) break;
  }
  return versions;
}

/** The entry of a record, once its checksum was found right; with its end when asked. */
export function entryOf(key: string, head: VersionHead, dataKey: Buffer, value: Buffer, expiry = false): StorageEntry {
  if (checksumOf(dataKey, value) !== head.checksum) {
    throw new StorageDamagedError(`the value of ${keyOf(dataKey)} at revision ${head.revision} has a wrong checksum`);
  }
  const { createRevision, revision: modRevision, expiresAt } = head;
  return expiry && expiresAt > 0
    ? { key, value, createRevision, modRevision, expiresAt }
    : { key, value, createRevision, modRevision };
}
