import { reasonOf } from "@quarterdeck/meta";
import { type Storage, type StorageEntry, StorageNotEmptyError, type StorageOperation } from "@quarterdeck/sdk";
import type { NamedStorage } from "../storage/storage-set.js";
import type { KeyOwners } from "./key-owners.js";
import { mergeEntries } from "./merge-entries.js";
import { countOf, REGISTRY_PREFIX, type ReportProgress, type StoredSection } from "./stored-section.js";

/** etcd takes 128 operations in one transaction unless it is told otherwise; what is more is written in parts. */
const MOST_OPERATIONS = 100;

/** The filling was broken off, and the storage has no way to take back what was written. */
class PartlyFilledError extends Error {
  override readonly name = "PartlyFilledError";

  constructor(name: string, written: number, cause: unknown) {
    const why = reasonOf(cause);
    super(`${name} was filled only in part (objects written: ${written}): empty it before the next try: ${why}`, {
      cause,
    });
  }
}

async function refuseFilled({ name, storage }: NamedStorage): Promise<void> {
  const { count } = await storage.range({ prefix: REGISTRY_PREFIX, limit: 1 });
  if (count === 0) return;
  const where = storage.location === undefined ? name : `${name} (${storage.location})`;
  throw new StorageNotEmptyError(`${where} holds objects already (${count}): nothing was written`);
}

function putOf({ key, value, expiresAt }: StorageEntry): StorageOperation {
  if (expiresAt === undefined) return { type: "put", key, value, expected: 0 };
  return { type: "put", key, value, expected: 0, ttlSeconds: Math.max(1, (expiresAt - Date.now()) / 1000) };
}

/** Entries of one revision together. */
async function* byRevision(entries: AsyncIterable<StorageEntry>): AsyncGenerator<readonly StorageEntry[], void> {
  let group: StorageEntry[] = [];
  for await (const entry of entries) {
    const [first] = group;
    if (first !== undefined && (first.modRevision !== entry.modRevision || group.length === MOST_OPERATIONS)) {
      yield group;
      group = [];
    }
    group.push(entry);
  }
  if (group.length > 0) yield group;
}

/**
 * Fills a storage that gives out revisions by itself. One commit waits for the other: that alone keeps the order of
 * revisions, since commits that are under way together may take effect in any order.
 */
async function fillByCommits(storage: Storage, name: string, entries: AsyncIterable<StorageEntry>): Promise<void> {
  let written = 0;
  try {
    for await (const group of byRevision(entries)) {
      // What has ended meanwhile is gone.
      const alive = group.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > Date.now());
      if (alive.length === 0) continue;
      const result = await storage.commit(alive.map(putOf));
      if (!result.committed) {
        throw new StorageNotEmptyError(`somebody else writes to it (${JSON.stringify(alive[result.index]?.key)})`);
      }
      written += alive.length;
    }
  } catch (error) {
    throw written === 0 ? error : new PartlyFilledError(name, written, error);
  }
}

/**
 * Puts what the sections hold into the storages of a config, each object where that config keeps it, in the order of
 * revisions. Storages that can keep the revisions exactly. Throws {@link StorageNotEmptyError} before anything is
 * written unless all are empty.
 */
export async function fillStorages(
  sections: readonly StoredSection[],
  owners: KeyOwners,
  report: ReportProgress = () => {},
): Promise<void> {
  const { all } = owners.storages;
  for (const named of all) await refuseFilled(named);
  const total = countOf(sections);
  const revision = Math.max(1, ...sections.map((section) => section.revision));
  let done = 0;
  for (const named of all) {
    const { storage, name } = named;
    const entries = counted(
      chosen(mergeEntries(sections), (key) => owners.owns(named, key)),
      () => report(++done, total),
    );
    if (storage.restore !== undefined) await storage.restore({ revision, entries });
    else await fillByCommits(storage, name, entries);
  }
}

async function* chosen(
  entries: AsyncIterable<StorageEntry>,
  choose: (key: string) => boolean,
): AsyncGenerator<StorageEntry, void> {
  for await (const entry of entries) if (choose(entry.key)) yield entry;
}

async function* counted(entries: AsyncIterable<StorageEntry>, count: () => void): AsyncGenerator<StorageEntry, void> {
  for await (const entry of entries) {
    yield entry;
    count();
  }
}
