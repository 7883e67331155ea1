import {
  CompactedError,
  type StorageEvent,
  type StorageVersion,
  type VersionsOptions,
  type VersionsResult,
} from "@quarterdeck/sdk";
import type { EtcdCluster } from "./etcd-cluster.js";
import type { KeySpace } from "./key-space.js";
import { storedEntry } from "./stored-entry.js";
import type { WatchSession } from "./watch-session.js";

interface History {
  readonly versions: StorageVersion[];
  readonly compacted: number;
  readonly revision: number;
}

/** The versions of one key, newest first: all are read, since etcd tells them oldest first. */
export async function readVersions(
  cluster: EtcdCluster,
  session: WatchSession,
  keys: KeySpace,
  key: string,
  { before = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY }: VersionsOptions,
): Promise<VersionsResult> {
  const { versions, compacted, revision } = await readAll(cluster, session, keys, key);
  const older = versions.filter((version) => version.revision < before).reverse();
  return { versions: older.slice(0, limit), more: older.length > limit, compacted, revision };
}

async function readAll(cluster: EtcdCluster, session: WatchSession, keys: KeySpace, key: string): Promise<History> {
  for (let compacted = 0; ; ) {
    try {
      return await readFrom(cluster, session, keys, key, compacted);
    } catch (error) {
      // Where history begins is only told by being refused.
      if (!CompactedError.is(error) || error.compacted <= compacted) {
        throw error;
      }
      compacted = error.compacted;
    }
  }
}

async function readFrom(
  cluster: EtcdCluster,
  session: WatchSession,
  keys: KeySpace,
  key: string,
  compacted: number,
): Promise<History> {
  const now = await cluster.range({ key: keys.encode(key) });
  const newest = now.entries[0];
  const revision = now.header.revision;
  const versions: StorageVersion[] = [];
  if (compacted > 0) {
    const kept = (await cluster.range({ key: keys.encode(key), revision: compacted })).entries[0];
    const entry = kept === undefined ? undefined : storedEntry(keys, kept);
    if (entry !== undefined) {
      versions.push({
        type: "put",
        revision: entry.modRevision,
        createRevision: entry.createRevision,
        value: entry.value,
      });
    }
  }
  const take = (events: readonly StorageEvent[]): void => {
    for (const event of events) {
      if (event.key === key && event.revision > compacted && event.revision <= revision) {
        versions.push(versionOf(event));
      }
    }
  };
  // The last event of a key that exists is known; for one that does not, all up to now must be read.
  const until = newest === undefined ? revision : newest.modRevision;
  if (until > compacted && revision > 1) {
    const range = newest === undefined ? undefined : keys.one(key);
    await session.history(range, key, { after: compacted, until }, take);
  }
  return { versions, compacted, revision };
}

function versionOf({ type, revision, createRevision, value }: StorageEvent): StorageVersion {
  return { type, revision, createRevision, ...(value === undefined ? {} : { value }) };
}
