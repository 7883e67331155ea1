import { InvalidKeyError, type StorageEntry, type StorageSnapshot, ValueTooLargeError } from "@quarterdeck/sdk";
import type { Database } from "./database.js";
import { logBound, META_KEY, prefixEnd, prefixStart, sealDataKey } from "./key-layout.js";
import { RevisionIndex } from "./revision-index.js";
import { encodeMeta } from "./store-meta.js";

const BATCH_BYTES = 4 * 1024 * 1024;
const SYNC = { sync: true };
const LONE_SURROGATE = /\p{Surrogate}/u;

/** How to write, and how much a value may have. */
export interface FillOptions {
  readonly maxValueBytes: number;
  /** Makes a write and sees to it when that fails. */
  guard(write: () => Promise<void>): Promise<void>;
}

/**
 * Writes a snapshot into a store that is as new, one batch on its way to the disk while the next one fills. Until the
 * last of them is there the store is marked as being filled: what opens it after a crash empties it.
 */
export async function fillStore(
  database: Database,
  snapshot: StorageSnapshot,
  { maxValueBytes, guard }: FillOptions,
): Promise<RevisionIndex> {
  if (!Number.isSafeInteger(snapshot.revision) || snapshot.revision < 1) {
    throw new RangeError(`a snapshot cannot have the revision ${snapshot.revision}`);
  }
  const describe = (compacted: number, filling: boolean) =>
    guard(() => database.put(META_KEY, encodeMeta({ compacted, filling }), SYNC));
  await describe(0, true);
  const index = new RevisionIndex();
  let batch = database.batch();
  let bytes = 0;
  let writing = Promise.resolve();
  try {
    let last: StorageEntry | undefined;
    for await (const entry of snapshot.entries) {
      assertSound(entry, last, snapshot.revision, index, maxValueBytes);
      last = entry;
      const { key, value, modRevision: revision, createRevision, expiresAt = 0 } = entry;
      const head = { revision, createRevision, expiresAt, deleted: false, noted: false };
      const { dataKey, checksum } = sealDataKey(key, head, value);
      batch.put(dataKey, value);
      index.load(key, { ...head, checksum });
      bytes += dataKey.length + value.length;
      if (bytes >= BATCH_BYTES) {
        await writing;
        const full = batch;
        writing = guard(() => full.write(SYNC));
        // A failure is seen when the next one waits for it.
        writing.catch(() => {});
        batch = database.batch();
        bytes = 0;
      }
    }
    await writing;
    await guard(() => batch.write(SYNC));
    await describe(snapshot.revision, false);
    return index;
  } catch (error) {
    await writing.catch(() => {});
    await batch.close();
    throw error;
  }
}

/** Makes a store as new again that was to be filled. */
export async function emptyStore(database: Database): Promise<void> {
  await database.clear({ gte: prefixStart(""), lt: prefixEnd("") });
  await database.clear({ gte: logBound(0), lt: logBound(Number.MAX_SAFE_INTEGER) });
  await database.put(META_KEY, encodeMeta({ compacted: 0, filling: false }), SYNC);
}

function assertSound(
  { key, value, createRevision, modRevision }: StorageEntry,
  last: StorageEntry | undefined,
  revision: number,
  index: RevisionIndex,
  maxValueBytes: number,
): void {
  if (key === "" || LONE_SURROGATE.test(key)) {
    throw new InvalidKeyError(key, "is not well-formed");
  }
  if (value.length > maxValueBytes) {
    throw new ValueTooLargeError(value.length, maxValueBytes);
  }
  const ordered =
    last === undefined ||
    last.modRevision < modRevision ||
    (last.modRevision === modRevision && Buffer.compare(Buffer.from(last.key), Buffer.from(key)) < 0);
  if (!ordered || createRevision < 1 || createRevision > modRevision || modRevision > revision) {
    throw new RangeError(`the snapshot of revision ${revision} has ${key} at an impossible place`);
  }
  if (index.durable(key) !== undefined) {
    throw new RangeError(`the snapshot has ${key} twice`);
  }
}
