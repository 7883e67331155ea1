import { StatusError } from "@quarterdeck/meta";
import type { Storage, StorageOperation } from "@quarterdeck/sdk";
import { storageFailure } from "./storage-failure.js";
import type { StoredObject } from "./stored-object.js";
import { TransactionConflictError } from "./transaction-conflict-error.js";

interface Finding {
  readonly storage: Storage;
  /** 0 when there was no object. */
  readonly revision: number;
}

/**
 * Writes to several objects that take effect at one revision or not at all. Stores join it
 * ({@link ResourceStore.join}), note what they read and stage what they would have written; the commit holds all single
 * reads against what is there. All writes must be over one backend.
 */
export class Transaction {
  #storage: Storage | undefined;
  readonly #operations: StorageOperation[] = [];
  readonly #settle: ((revision: number) => void)[] = [];
  readonly #written = new Set<string>();
  readonly #found = new Map<string, Finding>();
  readonly #outlook = new Map<string, StoredObject | null>();

  /** Notes the revision at which an object was found; throws {@link TransactionConflictError} if it was another before. */
  found(storage: Storage, key: string, revision: number): void {
    const before = this.#found.get(key);
    if (before !== undefined && before.revision !== revision) throw new TransactionConflictError(key);
    this.#found.set(key, { storage, revision });
  }

  /** Adds a write; `settle` learns the revision. 400 for a second write to a key, or for another backend. */
  stage(storage: Storage, operation: StorageOperation, settle: (revision: number) => void): void {
    this.#storage ??= storage;
    if (this.#storage !== storage) {
      throw StatusError.badRequest("a transaction cannot write to resources that are kept in different storages");
    }
    if (this.#written.has(operation.key)) {
      throw StatusError.badRequest("a transaction cannot write to the same object twice");
    }
    this.#written.add(operation.key);
    this.#operations.push(operation);
    this.#settle.push(settle);
  }

  /** Notes what an object will be once this is committed, null when it will be gone; of a dry run, what it would be. */
  foresee(key: string, object: StoredObject | null): void {
    this.#outlook.set(key, object);
  }

  /** What was noted last of an object; undefined when nothing was. */
  foreseen(key: string): StoredObject | null | undefined {
    return this.#outlook.get(key);
  }

  /**
   * Writes all of it and tells the revision, 0 when there is nothing to write. Throws {@link TransactionConflictError}
   * when another writer was faster; then nothing is written.
   */
  async commit(): Promise<number> {
    if (this.#storage === undefined) return 0;
    const operations = [...this.#operations, ...this.#checks(this.#storage)];
    const result = await this.#storage.commit(operations).catch((error: unknown) => {
      throw storageFailure(error);
    });
    if (!result.committed) throw new TransactionConflictError(operations[result.index]?.key ?? "");
    for (const settle of this.#settle) settle(result.revision);
    return result.revision;
  }

  /** What was read and not written must still be as it was found; another backend cannot be asked in one commit. */
  #checks(storage: Storage): StorageOperation[] {
    return [...this.#found]
      .filter(([key, finding]) => finding.storage === storage && !this.#written.has(key))
      .map(([key, { revision }]) => ({ type: "check", key, expected: revision }));
  }
}
