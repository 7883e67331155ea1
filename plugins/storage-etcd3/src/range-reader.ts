import type { RangeOptions, RangeResult, StorageEntry } from "@quarterdeck/sdk";
import type { EtcdCluster } from "./etcd-cluster.js";
import { COMPACT_REVISION_KEY, type KeySpace } from "./key-space.js";
import { storedEntry } from "./stored-entry.js";
import type { RangeAnswer } from "./wire/kv-messages.js";

/** A range without a limit is read in pages, so that no answer is larger than memory bears at once. */
const PAGE = 2000;

/** Reads a range, at the newest revision or at the one asked for. */
export async function readRange(cluster: EtcdCluster, keys: KeySpace, options: RangeOptions): Promise<RangeResult> {
  const { limit = Number.POSITIVE_INFINITY } = options;
  const range = keys.range(options.prefix, options.after);
  const first = await cluster.range({ ...range, limit: Math.min(limit, PAGE), revision: options.revision ?? 0 });
  const revision = options.revision ?? first.header.revision;
  const pages = [first];
  let read = first.entries.length;
  let from = first;
  while (from.more && read < limit) {
    const last = from.entries.at(-1)?.key ?? range.key;
    const key = Buffer.concat([last, Buffer.from([0])]);
    from = await cluster.range({ ...range, key, limit: Math.min(limit - read, PAGE), revision });
    read += from.entries.length;
    pages.push(from);
  }
  const expiry = options.expiry === true ? await readExpiry(cluster, pages) : undefined;
  const entries: StorageEntry[] = [];
  for (const page of pages) {
    for (const found of page.entries) {
      const entry = storedEntry(keys, found);
      const expiresAt = expiry?.get(found.lease);
      if (entry !== undefined) {
        entries.push(expiresAt === undefined ? entry : { ...entry, expiresAt });
      }
    }
  }
  const foreign = keys.holdsForeignKey(range) ? await countForeign(cluster, revision) : 0;
  return { entries, more: from.more, count: first.count - foreign, revision };
}

/** How many keys of a range are not the store's own: it is one, when servers have agreed on a compaction. */
async function countForeign(cluster: EtcdCluster, revision: number): Promise<number> {
  const { count } = await cluster.range({ key: Buffer.from(COMPACT_REVISION_KEY), countOnly: true, revision });
  return count;
}

/** When each lease of the entries ends, in milliseconds since 1970. */
async function readExpiry(cluster: EtcdCluster, pages: readonly RangeAnswer[]): Promise<Map<bigint, number>> {
  const leases = new Set(pages.flatMap(({ entries }) => entries.map(({ lease }) => lease)));
  leases.delete(0n);
  const ends = new Map<bigint, number>();
  for (const lease of leases) {
    const { TTL } = await cluster.leaseTimeToLive(lease);
    // A lease that has just ended has a TTL of -1.
    ends.set(lease, Date.now() + Math.max(0, Number(TTL)) * 1000);
  }
  return ends;
}
