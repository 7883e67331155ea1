import type { Database } from "./database.js";
import { headOf, keyOf, logBound, logRevisionOf, META_KEY, prefixEnd, prefixStart, sameKey } from "./key-layout.js";
import { StorageDamagedError, StorageOpenError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { readAhead } from "./read-ahead.js";
import { RevisionIndex } from "./revision-index.js";
import { decodeMeta, encodeMeta } from "./store-meta.js";

const CHUNK = { records: 5000, bytes: 4 * 1024 * 1024 };

/**
 * Rebuilds what is known in memory by scanning the keys of all records, and checks that no acknowledged revision is
 * missing: the log has every revision behind the compaction, and reaches `noted`, the one at the last orderly end.
 */
export async function loadStore(database: Database, path: string, noted: number | undefined): Promise<OpenStore> {
  const meta = await database.get(META_KEY);
  const compacted = meta === undefined ? await foundStore(database, path, noted) : decodeMeta(meta, path);
  const [revision, { index, highest }] = await Promise.all([lastLogged(database, compacted), loadIndex(database)]);
  if (highest > revision) {
    throw new StorageDamagedError(`it has a record of revision ${highest} and no log of it`);
  }
  if (noted !== undefined && noted > revision) {
    throw new StorageDamagedError(`it reached revision ${noted} and has only the records up to ${revision}`);
  }
  return { database, index, revision, compacted, failure: undefined };
}

/** Writes the first record of a new store; refuses to do so over anything else. */
async function foundStore(database: Database, path: string, noted: number | undefined): Promise<number> {
  if (noted !== undefined) {
    throw new StorageDamagedError("the record that describes the store is missing");
  }
  const records = await database.keys({ limit: 1 }).all();
  if (records.length > 0) {
    throw new StorageOpenError(`the storage folder ${path} holds a LevelDB database that is not of this server`);
  }
  await database.put(META_KEY, encodeMeta(0), { sync: true });
  return 0;
}

/** The newest revision of the log; every one behind the compaction must be there, the first commit of all is 2. */
async function lastLogged(database: Database, compacted: number): Promise<number> {
  let last = Math.max(compacted, 1);
  const range = { gte: logBound(compacted + 1), lt: logBound(Number.MAX_SAFE_INTEGER) };
  const iterator = database.keys({ ...range, highWaterMarkBytes: CHUNK.bytes });
  for await (const chunk of readAhead(iterator, CHUNK.records)) {
    for (const logKey of chunk) {
      const revision = logRevisionOf(logKey);
      if (revision !== last && revision !== last + 1) {
        throw new StorageDamagedError(`the records of revision ${last + 1} are missing`);
      }
      last = revision;
    }
  }
  return last;
}

/** The index, and the highest revision that any record has. */
async function loadIndex(database: Database): Promise<{ index: RevisionIndex; highest: number }> {
  const index = new RevisionIndex();
  const range = { gte: prefixStart(""), lt: prefixEnd("") };
  const iterator = database.keys({ ...range, highWaterMarkBytes: CHUNK.bytes });
  let before: Buffer | undefined;
  let key = "";
  let highest = 0;
  for await (const chunk of readAhead(iterator, CHUNK.records)) {
    for (const dataKey of chunk) {
      const head = headOf(dataKey);
      if (head === undefined) {
        throw new StorageDamagedError("a record has a key that was never written");
      }
      if (before === undefined || !sameKey(before, dataKey)) {
        key = keyOf(dataKey);
      }
      before = dataKey;
      highest = Math.max(highest, head.revision);
      index.load(key, head);
    }
  }
  return { index, highest };
}
