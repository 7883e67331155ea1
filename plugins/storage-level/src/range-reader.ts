import type { RangeOptions, RangeResult, StorageEntry } from "@quarterdeck/sdk";
import type { Database } from "./database.js";
import { headOf, keyEnd, keyOf, prefixEnd, prefixStart, revisionOf, sameKey } from "./key-layout.js";
import { StorageDamagedError } from "./open-errors.js";
import { readAhead } from "./read-ahead.js";
import { entryOf } from "./version-reader.js";

/** One step of an iterator brings at most so many records and about so many bytes. */
const CHUNK = { records: 1000, keys: 5000, bytes: 1024 * 1024 };

/** Reads a page as of a revision; the caller has checked that no compaction has passed it. */
export async function readRange(database: Database, options: RangeOptions, revision: number): Promise<RangeResult> {
  const { prefix, after, limit = Number.POSITIVE_INFINITY } = options;
  const lt = prefixEnd(prefix);
  const start = prefixStart(prefix);
  const behind = after === undefined ? start : keyEnd(after);
  const gte = behind.compare(start) > 0 ? behind : start;
  // Both scans see the same state, whatever is written or compacted in between.
  const snapshot = database.snapshot();
  try {
    if (options.uncounted === true) {
      const found = await readEntries(database, { gte, lt, snapshot }, { ...options, limit: limit + 1 }, revision);
      const page = found.length > limit ? found.slice(0, limit) : found;
      return { entries: page, more: found.length > limit, count: found.length, revision };
    }
    const entries = await readEntries(database, { gte, lt, snapshot }, options, revision);
    let count = entries.length;
    if (count >= limit) {
      const last = entries.at(-1);
      const rest = last === undefined ? gte : keyEnd(last.key);
      count += await countKeys(database, { gte: rest, lt, snapshot }, revision);
    }
    return { entries, more: count > entries.length, count, revision };
  } finally {
    await snapshot.close();
  }
}

/** Where a scan begins and ends, and of which state. */
interface Scan {
  readonly gte: Buffer;
  readonly lt: Buffer;
  readonly snapshot: ReturnType<Database["snapshot"]>;
}

async function readEntries(
  database: Database,
  scan: Scan,
  { limit = Number.POSITIVE_INFINITY, expiry }: RangeOptions,
  revision: number,
): Promise<StorageEntry[]> {
  const entries: StorageEntry[] = [];
  if (limit <= 0 || scan.gte.compare(scan.lt) >= 0) {
    return entries;
  }
  const iterator = database.iterator({ ...scan, highWaterMarkBytes: CHUNK.bytes });
  const size = Math.min(CHUNK.records, limit + 1);
  let candidate: readonly [Buffer, Buffer] | undefined;
  for await (const chunk of readAhead(iterator, size)) {
    for (const record of chunk) {
      if (candidate !== undefined && !sameKey(candidate[0], record[0])) {
        addLive(entries, candidate, expiry);
        candidate = undefined;
        if (entries.length >= limit) {
          return entries;
        }
      }
      if (revisionOf(record[0]) <= revision) {
        candidate = record;
      }
    }
  }
  if (candidate !== undefined) {
    addLive(entries, candidate, expiry);
  }
  return entries;
}

function addLive(
  entries: StorageEntry[],
  [dataKey, value]: readonly [Buffer, Buffer],
  expiry: boolean | undefined,
): void {
  const head = headOf(dataKey);
  if (head === undefined) {
    throw new StorageDamagedError("a record has a key that was never written");
  }
  if (!head.deleted) {
    entries.push(entryOf(keyOf(dataKey), head, dataKey, value, expiry));
  }
}

/** How many keys existed at a revision, by the keys of the records alone. */
async function countKeys(database: Database, scan: Scan, revision: number): Promise<number> {
  if (scan.gte.compare(scan.lt) >= 0) {
    return 0;
  }
  const iterator = database.keys({ ...scan, highWaterMarkBytes: CHUNK.bytes });
  let count = 0;
  let candidate: Buffer | undefined;
  const counted = (dataKey: Buffer | undefined) =>
    dataKey !== undefined && headOf(dataKey)?.deleted === false ? 1 : 0;
  for await (const chunk of readAhead(iterator, CHUNK.keys)) {
    for (const dataKey of chunk) {
      if (candidate !== undefined && !sameKey(candidate, dataKey)) {
        count += counted(candidate);
        candidate = undefined;
      }
      if (revisionOf(dataKey) <= revision) {
        candidate = dataKey;
      }
    }
  }
  return count + counted(candidate);
}
