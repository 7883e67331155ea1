import type { Database } from "./database.js";
import { emptyStore } from "./fill-store.js";
import type { FirstRead } from "./first-read.js";
import { headOf, keyOf, logBound, logRevisionOf, META_KEY, prefixEnd, prefixStart, sameKey } from "./key-layout.js";
import { StorageDamagedError, StorageOpenError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { readAhead } from "./read-ahead.js";
import { RevisionIndex } from "./revision-index.js";
import { decodeMeta, encodeMeta, FORMAT, NEW_STORE } from "./store-meta.js";
import { entryOf } from "./version-reader.js";

const CHUNK = { keys: 5000, records: 2000, bytes: 2 * 1024 * 1024 };

/** What is known of a store before its database is read. */
export interface LoadOptions {
  readonly path: string;
  /** The revision at the last orderly end. */
  readonly noted: number | undefined;
  /** Gets the newest entries. */
  readonly firstRead: FirstRead | undefined;
}

/**
 * Rebuilds what is known in memory by one scan of all records, and checks that no acknowledged revision is missing: the
 * log has every revision behind the compaction, and reaches the one at the last orderly end.
 */
export async function loadStore(database: Database, options: LoadOptions): Promise<OpenStore> {
  const { noted } = options;
  const compacted = await describeStore(database, options);
  const [revision, { index, highest }] = await Promise.all([
    lastLogged(database, compacted),
    loadIndex(database, options.firstRead),
  ]);
  if (highest > revision) {
    throw new StorageDamagedError(`it has a record of revision ${highest} and no log of it`);
  }
  if (noted !== undefined && noted > revision) {
    throw new StorageDamagedError(`it reached revision ${noted} and has only the records up to ${revision}`);
  }
  return { database, index, revision, compacted, failure: undefined };
}

/** The compacted revision; founds a store that is new, and empties one whose restore was cut short. */
async function describeStore(database: Database, { path, noted }: LoadOptions): Promise<number> {
  const meta = await database.get(META_KEY);
  if (meta === undefined) {
    await foundStore(database, path, noted);
    return NEW_STORE.compacted;
  }
  const { format, compacted, filling } = decodeMeta(meta, path);
  if (filling) {
    await emptyStore(database);
  } else if (format !== FORMAT) {
    // A version that does not know this format must not read what this one writes.
    await database.put(META_KEY, encodeMeta({ compacted, filling }), { sync: true });
  }
  return compacted;
}

/** Writes the first record of a new store; refuses to do so over anything else. */
async function foundStore(database: Database, path: string, noted: number | undefined): Promise<void> {
  if (noted !== undefined) {
    throw new StorageDamagedError("the record that describes the store is missing");
  }
  const records = await database.keys({ limit: 1 }).all();
  if (records.length > 0) {
    throw new StorageOpenError(`the storage folder ${path} holds a LevelDB database that is not of this server`);
  }
  await database.put(META_KEY, encodeMeta(NEW_STORE), { sync: true });
}

/** The newest revision of the log; every one behind the compaction must be there, the first commit of all is 2. */
async function lastLogged(database: Database, compacted: number): Promise<number> {
  let last = Math.max(compacted, 1);
  const range = { gte: logBound(compacted + 1), lt: logBound(Number.MAX_SAFE_INTEGER) };
  const iterator = database.keys({ ...range, highWaterMarkBytes: CHUNK.bytes });
  for await (const chunk of readAhead(iterator, CHUNK.keys)) {
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
async function loadIndex(
  database: Database,
  firstRead: FirstRead | undefined,
): Promise<{ index: RevisionIndex; highest: number }> {
  const index = new RevisionIndex();
  const range = { gte: prefixStart(""), lt: prefixEnd("") };
  const iterator = database.iterator({ ...range, highWaterMarkBytes: CHUNK.bytes });
  let highest = 0;
  const loadNewest = ([dataKey, stored]: readonly [Buffer, Buffer]) => {
    const head = headOf(dataKey);
    if (head === undefined) {
      throw new StorageDamagedError("a record has a key that was never written");
    }
    highest = Math.max(highest, head.revision);
    if (!head.deleted) {
      const key = keyOf(dataKey);
      index.load(key, head);
      firstRead?.add(entryOf(key, head, dataKey, stored));
    }
  };
  let newest: readonly [Buffer, Buffer] | undefined;
  for await (const chunk of readAhead(iterator, CHUNK.records)) {
    for (const record of chunk) {
      if (newest !== undefined && !sameKey(newest[0], record[0])) {
        loadNewest(newest);
      }
      newest = record;
    }
  }
  if (newest !== undefined) {
    loadNewest(newest);
  }
  return { index, highest };
}
