import { type CommitResult, InvalidKeyError, type StorageOperation, ValueTooLargeError } from "@quarterdeck/sdk";
import type { ICompare, IRequestOp, ITxnRequest, ITxnResponse } from "etcd3";
import type { KeySpace } from "./key-space.js";
import { revisionNumber } from "./revision-number.js";
import { storedEntry } from "./stored-entry.js";

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
  leases: readonly (string | undefined)[],
): ITxnRequest {
  const compare: ICompare[] = [];
  const success: IRequestOp[] = [];
  const failure: IRequestOp[] = [];
  for (const [index, operation] of operations.entries()) {
    const key = keys.encode(operation.key);
    if (operation.expected !== undefined) {
      compare.push({ key, target: "Mod", result: "Equal", mod_revision: operation.expected });
      failure.push({ request_range: { key } });
    }
    if (operation.type === "put") {
      const lease = leases[index];
      success.push({ request_put: { key, value: operation.value, ...(lease === undefined ? {} : { lease }) } });
    } else if (operation.type === "delete") {
      success.push({ request_delete_range: { key } });
    }
  }
  return { compare, success, failure };
}

/** What the answer to such a transaction means. */
export function commitResult(
  operations: readonly StorageOperation[],
  keys: KeySpace,
  { succeeded, responses, header }: ITxnResponse,
): CommitResult {
  const revision = revisionNumber(header.revision);
  if (succeeded) {
    return { committed: true, revision };
  }
  let at = 0;
  for (const [index, { expected }] of operations.entries()) {
    if (expected === undefined) {
      continue;
    }
    const kv = responses[at++]?.response_range.kvs[0];
    const current = kv === undefined ? undefined : storedEntry(keys, kv);
    if ((current?.modRevision ?? 0) !== expected) {
      return { committed: false, index, revision, ...(current === undefined ? {} : { current }) };
    }
  }
  throw new Error("etcd refused a transaction whose expectations all hold");
}
