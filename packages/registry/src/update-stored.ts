import type { KubeObject } from "@quarterdeck/meta";
import { FieldErrors, StatusError } from "@quarterdeck/meta";
import type { ObjectKey, StoredObject, WriteResult } from "@quarterdeck/storage";
import { afterDelete, beginWrite, type Committed } from "./begin-write.js";
import { sameValue } from "./json/same-value.js";
import { keepTimes } from "./managed-fields/keep-times.js";
import { objectKey } from "./object-key.js";
import { isHeld } from "./prepare/prepare-delete.js";
import { settled, storedForm } from "./prepare/stored-form.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";
import { toldKey } from "./told-key.js";
import { writeAttributes } from "./write-attributes.js";
import { takeTurn } from "./write-turns.js";

/** What one kind of update does with the stored object; all of it may run again after a conflict. */
export interface UpdatePlan {
  /** The wanted object in the version of the request, a fresh one, after mutating admission. `old` is shared. */
  next(old: KubeObject): Promise<KubeObject>;
  /** True for an update of the object itself, which its class may have something to do before. */
  readonly begins?: boolean;
  /** Carries over what this kind of update must leave alone; may answer another object. */
  prepare(next: KubeObject, old: KubeObject): KubeObject;
  /** Throws 422 Invalid. */
  validate(next: KubeObject, old: KubeObject): void;
  /** Validating admission. */
  admit(next: KubeObject, old: KubeObject): Promise<void>;
  /** The uid that the client says the object has; 409 Conflict when it has another. */
  readonly uid?: string | undefined;
  /** Makes the object when there is none; a conflict means that another was faster. 404 without it. */
  create?(): Promise<WriteResult>;
}

function notFound(resource: RegistryResource, name: string): StatusError {
  const { group, resource: plural } = resource.descriptor;
  return StatusError.notFound({ group, resource: plural }, name);
}

/** 409 Conflict in the words that every client retries on. */
function modifiedConflict(resource: RegistryResource, name: string): StatusError {
  const { group, resource: plural } = resource.descriptor;
  const why = "the object has been modified; please apply your changes to the latest version and try again";
  return StatusError.conflict({ group, resource: plural }, name, why);
}

/**
 * Compares the resourceVersion that a client wants to replace; a stale one is 409. Left out it is 422, unless objects of
 * the kind may be replaced whatever stands there, and what is no number is 500, as upstream has it.
 */
function checkResourceVersion(resource: RegistryResource, name: string, next: KubeObject, current: StoredObject): void {
  const { group, resource: plural, unconditionalUpdate } = resource.descriptor;
  const asked = next.metadata.resourceVersion ?? "0";
  if (!/^[0-9]{1,20}$/.test(asked)) {
    const why = /^[0-9]+$/.test(asked) ? "value out of range" : "invalid syntax";
    throw StatusError.of(500, undefined, `strconv.ParseUint: parsing ${JSON.stringify(asked)}: ${why}`);
  }
  const revision = Number(asked);
  if (revision === current.revision) return;
  if (revision !== 0) throw modifiedConflict(resource, name);
  if (unconditionalUpdate) return;
  const errors = new FieldErrors();
  errors.invalid("metadata.resourceVersion", 0, "must be specified for an update");
  // the plural in place of the kind is upstream's
  throw StatusError.invalid({ group, kind: plural }, name, errors.list);
}

/** 409 Conflict for another uid than the client's, in the words of upstream's store, key and all. */
function checkUid(
  resource: RegistryResource,
  { namespace, name }: ObjectKey,
  uid: string | undefined,
  actual: string,
): void {
  if (uid === undefined || uid === actual) return;
  const { group, resource: plural } = resource.descriptor;
  const key = toldKey(resource.descriptor, namespace, name);
  const failed = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${actual}`;
  const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${failed}`;
  throw StatusError.conflict({ group, resource: plural }, name, why);
}

/** True when the update takes away the last that keeps an object which waits to be deleted. */
function completesDeletion(request: WriteRequest, next: KubeObject, old: KubeObject): boolean {
  if (old.metadata.deletionTimestamp === undefined || (next.metadata.finalizers ?? []).length > 0) return false;
  if (isHeld(request, next)) return false;
  return (old.metadata.deletionGracePeriodSeconds ?? 0) === 0;
}

async function commit(
  resource: RegistryResource,
  request: WriteRequest,
  key: ObjectKey,
  current: StoredObject,
  next: KubeObject,
  old: KubeObject,
): Promise<Committed> {
  const { store } = resource;
  if (completesDeletion(request, next, old)) {
    const last = store.encode(key, storedForm(request, next, "keep"));
    if (request.dryRun) return { written: last, gone: true };
    const removed = await store.remove(current, writeAttributes(resource, request, "delete"));
    if ("written" in removed) await afterDelete(resource, request, current);
    return "written" in removed || removed.conflict === undefined ? { written: last, gone: true } : removed;
  }
  if (sameValue(next, old) && (request.dryRun || !(await store.stale(current)))) return { written: current };
  if (request.dryRun) return { written: store.encode(key, storedForm(request, next, "keep")) };
  return store.replace(current, storedForm(request, next, "drop"), writeAttributes(resource, request, "update"));
}

/** One try at what stands there: what was written, or what stands there instead. */
async function attempt(
  resource: RegistryResource,
  request: WriteRequest,
  plan: UpdatePlan,
  key: ObjectKey,
  current: StoredObject | undefined,
): Promise<{ readonly done: Written } | { readonly conflict: StoredObject | undefined }> {
  request.signal.throwIfAborted();
  if (current === undefined) {
    if (plan.create === undefined) throw notFound(resource, request.name);
    checkUid(resource, key, plan.uid, "");
    const made = await plan.create();
    return "written" in made ? { done: { object: made.written, created: true } } : made;
  }
  const old = request.version.fromStorage(current.object);
  checkUid(resource, key, plan.uid, old.metadata.uid ?? "");
  const wanted = await plan.next(old);
  checkResourceVersion(resource, request.name, wanted, current);
  const write = async (): Promise<Committed> => {
    const prepared = plan.prepare(wanted, old);
    plan.validate(prepared, old);
    await plan.admit(prepared, old);
    return commit(resource, request, key, current, keepTimes(settled(request, prepared), old), old);
  };
  const result = await (plan.begins ? beginWrite(resource, request, wanted, old, write) : write());
  return "written" in result ? { done: { object: result.written, created: false } } : result;
}

/**
 * Reads, changes and replaces one object, again and again while others are faster: a client that named a
 * resourceVersion gets 409 on the second round, one that did not never hears of it. No change is no write.
 */
export async function updateStored(
  resource: RegistryResource,
  request: WriteRequest,
  plan: UpdatePlan,
): Promise<Written> {
  const { store } = resource;
  const { signal } = request;
  const key = objectKey(resource, request);
  const first = await attempt(resource, request, plan, key, await store.get(key, { signal }));
  if ("done" in first) return first.done;
  const endTurn = await takeTurn(store, key, signal);
  try {
    let current = await store.get(key, { signal });
    for (;;) {
      const next = await attempt(resource, request, plan, key, current);
      if ("done" in next) return next.done;
      current = next.conflict;
    }
  } finally {
    endTurn();
  }
}
