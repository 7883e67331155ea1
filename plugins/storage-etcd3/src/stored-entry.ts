import type { StorageEntry, StorageEvent } from "@quarterdeck/sdk";
import type { IEvent, IKeyValue } from "etcd3";
import type { KeySpace } from "./key-space.js";
import { revisionNumber } from "./revision-number.js";

/** A value without the message it came in, which would live as long. */
function own(value: Buffer): Buffer {
  return Buffer.from(value);
}

/** The store's entry for a key and value of etcd; undefined for a key that is not of the store. */
export function storedEntry(keys: KeySpace, kv: IKeyValue): StorageEntry | undefined {
  const key = keys.decode(kv.key);
  return key === undefined
    ? undefined
    : {
        key,
        value: own(kv.value),
        createRevision: revisionNumber(kv.create_revision),
        modRevision: revisionNumber(kv.mod_revision),
      };
}

/** The store's event for one of etcd; undefined for a key that is not of the store. */
export function storedEvent(keys: KeySpace, event: IEvent): StorageEvent | undefined {
  const { kv, prev_kv: previous } = event;
  const key = keys.decode(kv.key);
  if (key === undefined) {
    return undefined;
  }
  const revision = revisionNumber(kv.mod_revision);
  const before = previous === null ? 0 : revisionNumber(previous.mod_revision);
  if (event.type === "Delete") {
    // Its predecessor is gone only when history was compacted up to it; that there was one is certain.
    const createRevision = previous === null ? revision - 1 : revisionNumber(previous.create_revision);
    return { type: "delete", key, revision, createRevision, previousRevision: before === 0 ? createRevision : before };
  }
  const createRevision = revisionNumber(kv.create_revision);
  const previousRevision = createRevision === revision ? 0 : before === 0 ? createRevision : before;
  return { type: "put", key, value: own(kv.value), revision, createRevision, previousRevision };
}
