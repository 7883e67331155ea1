import { setMaxListeners } from "node:events";
import { FieldErrors, StatusError } from "@quarterdeck/meta";
import type { ListPage, StoredObject } from "@quarterdeck/storage";
import { deleteObject } from "./delete.js";
import { listObjects } from "./list.js";
import { warnOfDependents } from "./prepare/prepare-delete.js";
import type { ReadQuery } from "./query/read-query.js";
import type { DeleteOptions, RegistryResource, WriteRequest } from "./registry-resource.js";

const PAGE = 10_000;
/** Deletes under way at once: the store commits what waits together, one by one would be a flush for each. */
const WORKERS = 32;

/**
 * DELETE of a collection: every object of the list is deleted as if alone and the list as it was read is answered. Not
 * atomic: the first failure ends it, and what is gone by then is gone. Objects that others delete meanwhile are no
 * failure.
 */
export async function deleteCollection(
  resource: RegistryResource,
  request: WriteRequest,
  query: ReadQuery,
  options: DeleteOptions,
): Promise<ListPage> {
  refuseUnsafe(options);
  warnOfDependents(resource, request, options);
  const first = await listObjects(resource, request, { ...query, limit: query.limit === 0 ? PAGE : query.limit });
  await deleteAll(resource, request, first.items, options);
  if (query.limit !== 0 || first.continueToken === undefined) return first;
  const items = [...first.items];
  let continueToken: string | undefined = first.continueToken;
  while (continueToken !== undefined) {
    const next: ReadQuery = {
      ...query,
      limit: PAGE,
      continueToken,
      resourceVersion: "",
      resourceVersionMatch: undefined,
    };
    const page: ListPage = await listObjects(resource, request, next);
    await deleteAll(resource, request, page.items, options);
    items.push(...page.items);
    continueToken = page.continueToken;
  }
  return { items, revision: first.revision, continueToken: undefined, remainingItemCount: undefined };
}

async function deleteAll(
  resource: RegistryResource,
  request: WriteRequest,
  items: readonly StoredObject[],
  options: DeleteOptions,
): Promise<void> {
  // Each delete may wait for the store and listens then; Node takes more than ten for a leak.
  setMaxListeners(0, request.signal);
  const queue = items.values();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const item of queue) {
      if (failed) return;
      try {
        await deleteOne(resource, request, item, options);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(WORKERS, items.length) }, work));
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}

async function deleteOne(
  resource: RegistryResource,
  request: WriteRequest,
  { namespace, name }: StoredObject,
  options: DeleteOptions,
): Promise<void> {
  const { version, user, dryRun, fieldValidation, fieldManager, signal, services } = request;
  const warn = (text: string) => request.warn(text);
  const annotate = (key: string, value: string) => request.annotate(key, value);
  const one: WriteRequest = {
    version,
    namespace,
    name,
    user,
    dryRun,
    fieldValidation,
    fieldManager,
    signal,
    services,
    warn,
    annotate,
  };
  try {
    await deleteObject(resource, one, options);
  } catch (error) {
    if (!StatusError.is(error) || error.code !== 404) throw error;
  }
}

/** 422: what cannot be read is not in a list either. */
function refuseUnsafe(options: DeleteOptions): void {
  const option = "ignoreStoreReadErrorWithClusterBreakingPotential";
  if (options[option] !== true) return;
  const errors = new FieldErrors();
  errors.invalid(option, true, "is not allowed with DELETECOLLECTION, try again after removing the option");
  throw StatusError.invalid({ group: "meta.k8s.io", kind: "DeleteOptions" }, "", errors.list);
}
