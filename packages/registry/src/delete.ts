import type { KubeObject, Status } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { StoredObject, WriteResult } from "@quarterdeck/storage";
import { afterDelete } from "./begin-write.js";
import { copyObject } from "./json/copy-object.js";
import { sameValue } from "./json/same-value.js";
import { objectKey } from "./object-key.js";
import { attributesOf } from "./prepare/admit.js";
import { checkPreconditions } from "./prepare/check-preconditions.js";
import { type Grace, graceOf } from "./prepare/grace.js";
import { hookContext } from "./prepare/hook-context.js";
import { finalizersAfterDelete, isHeld, markDeleted, warnOfDependents } from "./prepare/prepare-delete.js";
import { storedForm } from "./prepare/stored-form.js";
import type { Deleted, DeleteOptions, RegistryResource, WriteRequest } from "./registry-resource.js";
import { writeAttributes } from "./write-attributes.js";

/**
 * DELETE of one object. It goes at once unless finalizers, its grace, or what else its class names, hold it; then it is
 * marked and answered as it stands. The update that takes the last of them away removes it, and a delete with
 * `gracePeriodSeconds` 0 ends its grace. 404 NotFound; 409 Conflict for a failed precondition.
 */
export async function deleteObject(
  resource: RegistryResource,
  request: WriteRequest,
  options: DeleteOptions,
): Promise<Deleted> {
  const { store, descriptor } = resource;
  warnOfDependents(resource, request, options);
  const key = objectKey(resource, request);
  // The options of a delete may ask for a dry run in the body, which the request does not know.
  const dryRun = request.dryRun || (options.dryRun ?? []).length > 0;
  const asked = dryRun === request.dryRun ? request : { ...request, dryRun };
  let current = await store.get(key, { signal: request.signal });
  for (;;) {
    request.signal.throwIfAborted();
    if (current === undefined) {
      throw StatusError.notFound({ group: descriptor.group, resource: descriptor.resource }, request.name);
    }
    const outcome = await tryDelete(resource, asked, options, current);
    if (!("conflict" in outcome)) return outcome;
    current = outcome.conflict;
  }
}

/** What a try ended with; another may have been faster, then it is about what stands there now. */
type Outcome = Deleted | { readonly conflict: StoredObject | undefined };

async function tryDelete(
  resource: RegistryResource,
  request: WriteRequest,
  options: DeleteOptions,
  current: StoredObject,
): Promise<Outcome> {
  const old = request.version.fromStorage(current.object);
  if (options.preconditions !== undefined) checkPreconditions(request, options.preconditions, current.revision, old);
  const now = resource.now();
  const grace = graceOf(request, old, options, now);
  if (grace === "pending") return departed(resource, current, false);
  await admitDelete(resource, request, old);
  const finalizers = finalizersAfterDelete(resource.descriptor, old.metadata.finalizers ?? [], options);
  const held = finalizers.length > 0 || isHeld(request, old);
  if (!held && grace === undefined) return remove(resource, request, current);
  // A transaction writes an object once, so what ends its grace there does not mark it first.
  if (!held && grace?.seconds === 0 && resource.outcome !== undefined) return remove(resource, request, current);
  const marked = await mark(resource, request, current, markedFor(request, old, finalizers, grace, now));
  if ("conflict" in marked) return marked;
  if (held || grace?.seconds !== 0) return { object: marked.written, gone: false };
  if (request.dryRun) return { object: marked.written, gone: true };
  const removed = await remove(resource, request, marked.written);
  // Whoever runs the object may have been faster to end its grace: it is gone all the same.
  const overtaken = "conflict" in removed && removed.conflict === undefined;
  return overtaken ? departed(resource, marked.written, true) : removed;
}

async function remove(resource: RegistryResource, request: WriteRequest, current: StoredObject): Promise<Outcome> {
  if (request.dryRun) return departed(resource, current, true);
  const removed = await resource.store.remove(current, writeAttributes(resource, request, "delete"));
  if (!("written" in removed)) return removed;
  await afterDelete(resource, request, current);
  return departed(resource, removed.written, true);
}

/** The object as it is while something holds it; the class has the last word. */
function markedFor(
  request: WriteRequest,
  old: KubeObject,
  finalizers: readonly string[],
  grace: Grace | undefined,
  now: Date,
): KubeObject {
  const marked = copyObject(old);
  markDeleted(marked, finalizers, grace, now);
  request.version.hooks.prepareForDelete?.(marked, hookContext(request, "DELETE"));
  return marked;
}

async function mark(
  resource: RegistryResource,
  request: WriteRequest,
  current: StoredObject,
  marked: KubeObject,
): Promise<WriteResult> {
  const { store } = resource;
  if (sameValue(marked, request.version.fromStorage(current.object))) return { written: current };
  if (request.dryRun) {
    return { written: store.encode(objectKey(resource, request), storedForm(request, marked, "keep")) };
  }
  const attributes = writeAttributes(resource, request, "delete");
  return store.replace(current, storedForm(request, marked, "drop"), attributes);
}

async function admitDelete(resource: RegistryResource, request: WriteRequest, oldObject: KubeObject): Promise<void> {
  const { name } = request;
  const review = { operation: "DELETE", subresource: "", name, object: undefined, oldObject } as const;
  const attributes = attributesOf(resource, request, review);
  const mutating = resource.admission.mutate(attributes);
  if (mutating !== undefined) await mutating;
  const validating = resource.admission.validate(attributes);
  if (validating !== undefined) await validating;
}

/** The answer about an object that is gone, or whose grace runs already; clients read from it which one it is. */
function departed(resource: RegistryResource, last: StoredObject, gone: boolean): Deleted {
  if (resource.descriptor.returnDeletedObject) return { object: last, gone };
  const { group, resource: plural } = resource.descriptor;
  const { name = "", uid } = last.object.metadata;
  const status: Status = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, ...(group === "" ? {} : { group }), kind: plural, ...(uid === undefined ? {} : { uid }) },
  };
  return { status, gone };
}
