import type { Database } from "./database.js";
import { emptyStore } from "./fill-store.js";
import type { FirstRead } from "./first-read.js";
import {
  headOf,
  keyOf,
  logBound,
  logRevisionOf,
  META_KEY,
  prefixEnd,
  prefixStart,
  revisionOf,
  sameKey,
} from "./key-layout.js";
import { StorageDamagedError, StorageOpenError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { readAhead } from "./read-ahead.js";
import { RevisionIndex } from "./revision-index.js";
import { SeenRevisions } from "./seen-revisions.js";
import { decodeMeta, encodeMeta, FORMAT, NEW_STORE } from "./store-meta.js";
import { entryOf } from "./version-reader.js";

const CHUNK = { records: 2000, bytes: 2 * 1024 * 1024 };

/** What is known of a store before its database is read. */
export interface LoadOptions {
  readonly path: string;
  /** The revision at the last orderly end. */
  readonly noted: number | undefined;
  /** Gets the newest entries. */
  readonly firstRead: FirstRead | undefined;
}

/**
 * Rebuilds what is known in memory by one scan of all versions, and checks that no acknowledged revision is missing:
 * each one behind the compaction has a version, up to the last one of the log, and that is not before the one at the
 * last orderly end. The log itself is checked when it is read.
 */
export async function loadStore(database: Database, options: LoadOptions): Promise<OpenStore> {
  const { noted } = options;
  const compacted = await describeStore(database, options);
  const revision = await lastLogged(database, compacted);
  const seen = new SeenRevisions(compacted, revision);
  const index = await loadIndex(database, seen, options.firstRead);
  seen.assertAll();
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

/** The newest revision of the log; the first commit of all is 2. */
async function lastLogged(database: Database, compacted: number): Promise<number> {
  const range = { gte: logBound(compacted + 1), lt: logBound(Number.MAX_SAFE_INTEGER), reverse: true, limit: 1 };
  const [last] = await database.keys(range).all();
  return last === undefined ? Math.max(compacted, 1) : logRevisionOf(last);
}

/** Reads every version: the newest ones into the index, and all that each revision has. */
async function loadIndex(
  database: Database,
  seen: SeenRevisions,
  firstRead: FirstRead | undefined,
): Promise<RevisionIndex> {
  const index = new RevisionIndex();
  const range = { gte: prefixStart(""), lt: prefixEnd("") };
  const iterator = database.iterator({ ...range, highWaterMarkBytes: CHUNK.bytes });
  const loadNewest = ([dataKey, stored]: readonly [Buffer, Buffer]) => {
    const head = headOf(dataKey);
    if (head === undefined) {
      throw new StorageDamagedError("a record has a key that was never written");
    }
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
      seen.add(revisionOf(record[0]));
    }
  }
  if (newest !== undefined) {
    loadNewest(newest);
  }
  return index;
}
