import { CompactedError, type Storage, type StorageEntry } from "@quarterdeck/sdk";
import type { NamedStorage } from "../storage/storage-set.js";
import type { KeyOwners } from "./key-owners.js";
import { countOf, REGISTRY_PREFIX, type ReportProgress, type StoredSection } from "./stored-section.js";

/** How much one page of the first reading may bring, going by the page before. */
const PAGE_BYTES = 4 * 1024 * 1024;
const PAGE_ENTRIES = 256;
/** Values that are kept from the first reading, so that a small store is read once. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** How much is read at once in the second reading. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_ENTRIES = 64;

/** A key of the snapshot; its value is read again later unless there was room for it. */
interface IndexedKey {
  readonly key: string;
  readonly modRevision: number;
  readonly bytes: number;
  readonly expiresAt: number | undefined;
  readonly entry: StorageEntry | undefined;
}

/** The state to be read was compacted away before it was read to its end. */
class SnapshotForgottenError extends Error {
  override readonly name = "SnapshotForgottenError";

  constructor(name: string, cause: CompactedError) {
    super(
      `${name}: the state of revision ${cause.asked} was forgotten before it was read to its end: ` +
        "let the storage remember longer (compactionSeconds)",
      { cause },
    );
  }
}

async function told<T>(name: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw CompactedError.is(error) ? new SnapshotForgottenError(name, error) : error;
  });
}

/** Reads which keys there are at a revision; they come in key order, so sorting by revision leaves that within one. */
async function readIndex(
  { name, storage }: Pick<NamedStorage, "name" | "storage">,
  revision: number,
  chosen: (key: string) => boolean,
): Promise<IndexedKey[]> {
  const index: IndexedKey[] = [];
  let kept = 0;
  let after: string | undefined;
  let limit = 16;
  for (;;) {
    const page = { limit, ...(after !== undefined && { after }) };
    const asked = storage.range({ prefix: REGISTRY_PREFIX, revision, expiry: true, uncounted: true, ...page });
    const { entries, more } = await told(name, asked);
    let read = 0;
    for (const entry of entries) {
      const { key, modRevision, expiresAt, value } = entry;
      read += value.length;
      after = key;
      if (!chosen(key)) continue;
      const keep = kept + value.length <= KEPT_BYTES;
      if (keep) kept += value.length;
      index.push({ key, modRevision, expiresAt, bytes: value.length, entry: keep ? entry : undefined });
    }
    if (!more) break;
    const average = Math.max(1, read / Math.max(1, entries.length));
    limit = Math.max(1, Math.min(PAGE_ENTRIES, limit * 2, Math.floor(PAGE_BYTES / average)));
  }
  return index.sort((one, other) => one.modRevision - other.modRevision);
}

/** Reads what one key held; it was there at this revision, so it must still be found. */
async function readEntry(storage: Storage, indexed: IndexedKey, revision: number): Promise<StorageEntry> {
  if (indexed.entry !== undefined) return indexed.entry;
  const { entry } = await storage.get(indexed.key, { revision });
  if (entry === undefined) throw new Error(`the storage has lost key ${JSON.stringify(indexed.key)}`);
  const { expiresAt } = indexed;
  return expiresAt === undefined ? entry : { ...entry, expiresAt };
}

async function* readEntries(
  { name, storage }: Pick<NamedStorage, "name" | "storage">,
  revision: number,
  index: readonly IndexedKey[],
): AsyncGenerator<StorageEntry, void> {
  for (let at = 0; at < index.length; ) {
    const batch: Promise<StorageEntry>[] = [];
    for (let bytes = 0; at < index.length && batch.length < BATCH_ENTRIES && bytes < BATCH_BYTES; at++) {
      const indexed = index[at];
      if (indexed === undefined) break;
      bytes += indexed.bytes;
      batch.push(readEntry(storage, indexed, revision));
    }
    yield* await told(name, Promise.all(batch));
  }
}

/**
 * A consistent state of all storages of a config, each at the revision it has now, while others go on writing. What is
 * kept in memory are the keys, and values up to a bound.
 */
export async function readSections(owners: KeyOwners, report: ReportProgress = () => {}): Promise<StoredSection[]> {
  const { all } = owners.storages;
  const revisions = await Promise.all(all.map(({ storage }) => storage.currentRevision()));
  const sections: StoredSection[] = [];
  for (const [at, named] of all.entries()) {
    const revision = revisions[at] ?? 0;
    const index = await readIndex(named, revision, (key) => owners.owns(named, key));
    sections.push({
      name: named.name,
      revision,
      count: index.length,
      entries: () => readEntries(named, revision, index),
    });
  }
  report(0, countOf(sections));
  return sections;
}
