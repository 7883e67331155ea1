import type { KubeObject, Status } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { StoredObject } from "@quarterdeck/storage";
import { copyValue } from "./json/copy-value.js";
import { sameValue } from "./json/same-value.js";
import { objectKey } from "./object-key.js";
import { attributesOf } from "./prepare/admit.js";
import { finalizersAfterDelete, isHeld, markDeleted } from "./prepare/prepare-delete.js";
import { storedForm } from "./prepare/stored-form.js";
import type { Deleted, DeleteOptions, RegistryResource, WriteRequest } from "./registry-resource.js";
import { writeAttributes } from "./write-attributes.js";

/**
 * DELETE of one object. It goes at once unless finalizers, or what else its class names, hold it; then it is marked and
 * answered as it stands, and the update that takes the last of them away removes it. 404 NotFound; 409 Conflict for a
 * failed precondition.
 */
export async function deleteObject(
  resource: RegistryResource,
  request: WriteRequest,
  options: DeleteOptions,
): Promise<Deleted> {
  const { store, descriptor } = resource;
  const key = objectKey(resource, request);
  const dryRun = request.dryRun || (options.dryRun ?? []).length > 0;
  let current = await store.get(key, { signal: request.signal });
  for (;;) {
    request.signal.throwIfAborted();
    if (current === undefined) {
      throw StatusError.notFound({ group: descriptor.group, resource: descriptor.resource }, request.name);
    }
    const old = request.version.fromStorage(current.object);
    checkPreconditions(request, options, current, old);
    await admitDelete(resource, request, dryRun, old);
    const finalizers = finalizersAfterDelete(old.metadata.finalizers ?? [], options);
    const outcome =
      finalizers.length === 0 && !isHeld(request, old)
        ? await remove(resource, request, current, old, dryRun)
        : await mark(resource, request, current, markedFor(resource, request, dryRun, old, finalizers), dryRun);
    if (!("conflict" in outcome)) return outcome;
    current = outcome.conflict;
  }
}

/** What a try ended with; another may have been faster, then it is about what stands there now. */
type Outcome = Deleted | { readonly conflict: StoredObject | undefined };

async function remove(
  resource: RegistryResource,
  request: WriteRequest,
  current: StoredObject,
  old: KubeObject,
  dryRun: boolean,
): Promise<Outcome> {
  if (dryRun) return { status: deletedStatus(resource, old) };
  const removed = await resource.store.remove(current, writeAttributes(resource, request, "delete"));
  return "written" in removed ? { status: deletedStatus(resource, old) } : removed;
}

/** The object as it is while its finalizers hold it; the class has the last word. */
function markedFor(
  resource: RegistryResource,
  request: WriteRequest,
  dryRun: boolean,
  old: KubeObject,
  finalizers: readonly string[],
): KubeObject {
  const marked = copyValue(old);
  markDeleted(marked, finalizers, resource.now());
  request.version.hooks.prepareForDelete?.(marked, {
    dryRun,
    user: request.user,
    services: request.services,
    warn: (text) => request.warn(text),
  });
  return marked;
}

async function mark(
  resource: RegistryResource,
  request: WriteRequest,
  current: StoredObject,
  marked: KubeObject,
  dryRun: boolean,
): Promise<Outcome> {
  const { store } = resource;
  if (sameValue(marked, request.version.fromStorage(current.object))) return { object: current };
  if (dryRun) return { object: store.encode(objectKey(resource, request), storedForm(request, marked, "keep")) };
  const result = await store.replace(
    current,
    storedForm(request, marked, "drop"),
    writeAttributes(resource, request, "delete"),
  );
  return "written" in result ? { object: result.written } : result;
}

function checkPreconditions(
  request: WriteRequest,
  options: DeleteOptions,
  current: StoredObject,
  old: KubeObject,
): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { group, kind } = request.version;
  // Upstream names the kind here, not the resource.
  const conflict = (why: string) => StatusError.conflict({ group, resource: kind }, request.name, why);
  if (uid !== undefined && uid !== old.metadata.uid) {
    const versus = `the UID in the precondition (${uid}) does not match the UID in record (${old.metadata.uid ?? ""})`;
    throw conflict(`${versus}. The object might have been deleted and then recreated`);
  }
  const revision = String(current.revision);
  if (resourceVersion !== undefined && resourceVersion !== revision) {
    const versus = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${revision})`;
    throw conflict(`${versus}. The object might have been modified`);
  }
}

async function admitDelete(
  resource: RegistryResource,
  request: WriteRequest,
  dryRun: boolean,
  oldObject: KubeObject,
): Promise<void> {
  const { name } = request;
  const review = { operation: "DELETE", subresource: "", name, object: undefined, oldObject } as const;
  // The options of a delete may ask for a dry run in the body, which the request does not know.
  const attributes = { ...attributesOf(resource, request, review), dryRun };
  const mutating = resource.admission.mutate(attributes);
  if (mutating !== undefined) await mutating;
  const validating = resource.admission.validate(attributes);
  if (validating !== undefined) await validating;
}

/** The answer to a delete that is done: clients read from it which object is gone. */
function deletedStatus(resource: RegistryResource, old: KubeObject): Status {
  const { group, resource: plural } = resource.descriptor;
  const { name = "", uid } = old.metadata;
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, ...(group === "" ? {} : { group }), kind: plural, ...(uid === undefined ? {} : { uid }) },
  };
}
