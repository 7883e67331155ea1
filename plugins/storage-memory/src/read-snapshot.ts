import { InvalidKeyError, type StorageSnapshot, ValueTooLargeError } from "@quarterdeck/sdk";
import { KeySpace } from "./key-space.js";
import { compareUtf8 } from "./utf8-order.js";

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Reads a snapshot to its end into a key space of its own; throws for one that no store can have had. */
export async function readSnapshot(snapshot: StorageSnapshot, maxValueBytes: number): Promise<KeySpace> {
  const keys = new KeySpace();
  let last = { key: "", modRevision: 0 };
  for await (const { expiresAt, ...entry } of snapshot.entries) {
    const { key, value, createRevision, modRevision } = entry;
    if (key === "" || LONE_SURROGATE.test(key)) {
      throw new InvalidKeyError(key, "is not well-formed");
    }
    if (value.length > maxValueBytes) {
      throw new ValueTooLargeError(value.length, maxValueBytes);
    }
    const ordered =
      last.modRevision < modRevision || (last.modRevision === modRevision && compareUtf8(last.key, key) < 0);
    if (!ordered || createRevision < 1 || createRevision > modRevision || modRevision > snapshot.revision) {
      throw new RangeError(`the snapshot of revision ${snapshot.revision} has ${key} at an impossible place`);
    }
    if (keys.newest(key) !== undefined) {
      throw new RangeError(`the snapshot has ${key} twice`);
    }
    keys.write(key, { revision: modRevision, entry, expiresAt, note: undefined });
    last = entry;
  }
  return keys;
}
