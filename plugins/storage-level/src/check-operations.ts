import { InvalidKeyError, type StorageOperation, ValueTooLargeError } from "@quarterdeck/sdk";
import type { RevisionIndex } from "./revision-index.js";

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Throws for operations that no commit may have. */
export function checkOperations(
  operations: readonly StorageOperation[],
  maxValueBytes: number,
  index: RevisionIndex,
): void {
  for (const operation of operations) {
    if (operation.type === "put" && operation.value.length > maxValueBytes) {
      throw new ValueTooLargeError(operation.value.length, maxValueBytes);
    }
    // A key that exists was found well-formed when it came in.
    if (index.newest(operation.key) === undefined && (operation.key === "" || LONE_SURROGATE.test(operation.key))) {
      throw new InvalidKeyError(operation.key, "is not well-formed");
    }
  }
  if (operations.length > 1) {
    const written = new Set<string>();
    for (const { type, key } of operations) {
      if (type !== "check" && written.size === written.add(key).size) {
        throw new InvalidKeyError(key, "is written twice in one commit");
      }
    }
  }
}
