import { type CommitResult, InvalidKeyError, type StorageOperation, ValueTooLargeError } from "@quarterdeck/sdk";
import type { KeySpace } from "./key-space.js";
import { storedEntry } from "./stored-entry.js";
import type { Change, Comparison, TxnAnswer, TxnCall } from "./wire/kv-messages.js";

/** Throws for operations that no commit may have. */
export function checkOperations(operations: readonly StorageOperation[], maxValueBytes: number): void {
  for (const operation of operations) {
    if (operation.type === "put" && operation.value.length > maxValueBytes) {
      throw new ValueTooLargeError(operation.value.length, maxValueBytes);
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

/** One etcd transaction: all expectations compared, then all changes, or else what the compared keys hold. */
export function transactionFor(
  operations: readonly StorageOperation[],
  keys: KeySpace,
  leases: readonly (bigint | undefined)[],
): TxnCall {
  const compare: Comparison[] = [];
  const success: Change[] = [];
  const failure: Buffer[] = [];
  for (const [index, operation] of operations.entries()) {
    const key = keys.encode(operation.key);
    if (operation.expected !== undefined) {
      compare.push({ key, modRevision: operation.expected });
      failure.push(key);
    }
    if (operation.type === "put") {
      const lease = leases[index];
      success.push({ put: key, value: operation.value, ...(lease === undefined ? {} : { lease }) });
    } else if (operation.type === "delete") {
      success.push({ delete: key });
    }
  }
  return { compare, success, failure };
}

/** What the answer to such a transaction means. */
export function commitResult(
  operations: readonly StorageOperation[],
  keys: KeySpace,
  { succeeded, reads, header: { revision } }: TxnAnswer,
): CommitResult {
  if (succeeded) {
    return { committed: true, revision };
  }
  let at = 0;
  for (const [index, { expected }] of operations.entries()) {
    if (expected === undefined) {
      continue;
    }
    const found = reads[at++]?.entries[0];
    const current = found === undefined ? undefined : storedEntry(keys, found);
    if ((current?.modRevision ?? 0) !== expected) {
      return { committed: false, index, revision, ...(current === undefined ? {} : { current }) };
    }
  }
  throw new Error("etcd refused a transaction whose expectations all hold");
}
