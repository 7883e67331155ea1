import type { StorageEvent } from "@quarterdeck/sdk";
import type { Database } from "./database.js";
import {
  changedDataKey,
  headOf,
  isWholeLog,
  keyOf,
  logBound,
  logRevisionOf,
  prefixStart,
  replacedRevision,
} from "./key-layout.js";
import { StorageDamagedError } from "./open-errors.js";
import { readAhead } from "./read-ahead.js";
import { entryOf } from "./version-reader.js";

const CHUNK_RECORDS = 500;

/** What is to be read of the log: the changes of a prefix, after one revision and up to another. */
export interface LogRange {
  readonly prefix: string;
  readonly after: number;
  readonly upTo: number;
}

/**
 * Reads the events of past revisions, whole revisions at a time and in order. The caller has checked that no
 * compaction has passed `after`; one that passes it later does no harm.
 */
export async function* readLog(database: Database, range: LogRange): AsyncGenerator<StorageEvent[], void, void> {
  const prefix = prefixStart(range.prefix);
  const snapshot = database.snapshot();
  const iterator = database.iterator({ gte: logBound(range.after + 1), lt: logBound(range.upTo + 1), snapshot });
  let held: StorageEvent[] = [];
  // A fresh store stands at revision 1, which nobody has written.
  let told = Math.max(range.after, 1);
  try {
    for await (const chunk of readAhead(iterator, CHUNK_RECORDS)) {
      told = assertUnbroken(told, chunk);
      const wanted = chunk.map(([, logValue]) => logValue).filter((logValue) => startsWith(logValue, prefix));
      const values = await database.getMany(wanted.map(changedDataKey), { snapshot });
      const events = held.concat(wanted.map((logValue, index) => eventOf(logValue, values[index])));
      // The last revision of a chunk may go on in the next one.
      const last = events.at(-1)?.revision ?? 0;
      const whole = events.findIndex((event) => event.revision === last);
      held = events.splice(Math.max(whole, 0));
      if (events.length > 0) {
        yield events;
      }
    }
  } finally {
    await snapshot.close();
  }
  if (told < range.upTo) {
    throw new StorageDamagedError(`the log of revision ${told + 1} is missing`);
  }
  if (held.length > 0) {
    yield held;
  }
}

/** Every revision has its records in the log, as they were written; returns the last one. */
function assertUnbroken(before: number, chunk: readonly (readonly [Buffer, Buffer])[]): number {
  let last = before;
  for (const [logKey, logValue] of chunk) {
    const revision = logRevisionOf(logKey);
    if (!isWholeLog(logKey, logValue)) {
      throw new StorageDamagedError(`the log of revision ${revision} has a wrong checksum`);
    }
    if (revision !== last && revision !== last + 1) {
      throw new StorageDamagedError(`the log of revision ${last + 1} is missing`);
    }
    last = revision;
  }
  return last;
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.length >= prefix.length && bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0;
}

function eventOf(logValue: Buffer, value: Buffer | undefined): StorageEvent {
  const dataKey = changedDataKey(logValue);
  const head = headOf(dataKey);
  if (head === undefined || value === undefined) {
    throw new StorageDamagedError("a record of the log has no version");
  }
  const key = keyOf(dataKey);
  const { revision, createRevision } = head;
  const previousRevision = replacedRevision(logValue);
  if (head.deleted) {
    return { type: "delete", key, revision, createRevision, previousRevision };
  }
  const { value: checked } = entryOf(key, head, dataKey, value);
  return { type: "put", key, value: checked, revision, createRevision, previousRevision };
}
