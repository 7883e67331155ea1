import type { StorageEntry, StorageEvent } from "@quarterdeck/sdk";
import type { KeySpace } from "./key-space.js";
import type { EtcdKeyValue } from "./wire/kv-messages.js";
import type { EtcdEvent } from "./wire/watch-messages.js";

/** A value without the message it came in, which would live as long. */
function own(value: Buffer): Buffer {
  return Buffer.from(value);
}

/** The store's entry for a key and value of etcd; undefined for a key that is not of the store. */
export function storedEntry(
  keys: KeySpace,
  { key: bytes, value, createRevision, modRevision }: EtcdKeyValue,
): StorageEntry | undefined {
  const key = keys.decode(bytes);
  return key === undefined ? undefined : { key, value: own(value), createRevision, modRevision };
}

/** The store's event for one of etcd; undefined for a key that is not of the store. */
export function storedEvent(keys: KeySpace, { deleted, entry, previous }: EtcdEvent): StorageEvent | undefined {
  const key = keys.decode(entry.key);
  if (key === undefined) {
    return undefined;
  }
  const revision = entry.modRevision;
  if (deleted) {
    // What it held is unknown only when history is compacted up to the delete; that it held something is certain.
    const createRevision = previous?.createRevision ?? revision - 1;
    return { type: "delete", key, revision, createRevision, previousRevision: previous?.modRevision ?? createRevision };
  }
  const { createRevision } = entry;
  const previousRevision = createRevision === revision ? 0 : (previous?.modRevision ?? createRevision);
  return { type: "put", key, value: own(entry.value), revision, createRevision, previousRevision };
}
