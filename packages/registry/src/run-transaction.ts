import { StatusError } from "@quarterdeck/meta";
import type { StagedObjects } from "@quarterdeck/sdk";
import { type ResourceStore, Transaction, TransactionConflictError } from "@quarterdeck/storage";
import type { RegistryResource } from "./registry-resource.js";
import { WriteOutcome } from "./write-outcome.js";

/** How often a transaction is run again because others were faster. */
const ATTEMPTS = 10;

/** The resource as the verbs of one run of a transaction must be given it. */
export type JoinResource = (resource: RegistryResource) => RegistryResource;

/** What a transaction ended with. */
export interface TransactionOutcome<T> {
  readonly result: T;
  /** The revision that all its writes have; 0 when it wrote nothing. */
  readonly revision: number;
}

/** Joins resources to one transaction, and lets each see what the others of it have staged. */
function joinTo(transaction: Transaction, outcome: WriteOutcome): JoinResource {
  const stores = new Map<string, ResourceStore>();
  const staged: StagedObjects = ({ group, resource }, { name, namespace = "" }) => {
    const found = stores.get(`${resource}.${group}`)?.staged?.({ namespace, name });
    return found === null || found === undefined ? found : found.object;
  };
  return (resource) => {
    const { group, resource: plural } = resource.descriptor;
    const store = resource.store.join(transaction);
    stores.set(`${plural}.${group}`, store);
    return { ...resource, store, staged, outcome };
  };
}

/** One run and its commit; undefined when another writer was faster. */
async function runOnce<T>(run: (join: JoinResource) => Promise<T>): Promise<TransactionOutcome<T> | undefined> {
  const transaction = new Transaction();
  const outcome = new WriteOutcome();
  let done: TransactionOutcome<T>;
  try {
    const result = await run(joinTo(transaction, outcome));
    done = { result, revision: await transaction.commit() };
  } catch (error) {
    await outcome.settle(false);
    if (error instanceof TransactionConflictError) return undefined;
    throw error;
  }
  await outcome.settle(true);
  return done;
}

/**
 * Runs verbs whose writes take effect together or not at all, and only if every object that `run` got is still what it
 * was (lists are not held against anything). `run` passes each resource through `join` first, and is called again when
 * another writer was faster; what the verbs answered has its resourceVersion once this resolves. 409 Conflict when others
 * were faster every time.
 */
export async function runTransaction<T>(
  run: (join: JoinResource) => Promise<T>,
  signal: AbortSignal,
): Promise<TransactionOutcome<T>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    signal.throwIfAborted();
    const done = await runOnce(run);
    if (done !== undefined) return done;
  }
  const why = "other writers kept changing its objects; nothing was written, please try again";
  throw StatusError.of(409, "Conflict", `the transaction could not be completed: ${why}`);
}
