import type { ObjectMeta, OwnerReference } from "@quarterdeck/meta";
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from "@quarterdeck/meta";
import type { ObjectIdentity } from "./object-identity.js";

const NONE: readonly OwnerReference[] = Object.freeze([]);

/** What the graph keeps of an object. */
export interface ObservedObject {
  readonly identity: ObjectIdentity;
  readonly owners: readonly OwnerReference[];
  readonly beingDeleted: boolean;
  /** It is deleted in the foreground: it waits for its dependents to go. */
  readonly deletingDependents: boolean;
  /** It is deleted, and its dependents are to stay. */
  readonly orphaningDependents: boolean;
}

/** True when an object is being deleted and waits for the collector to take this finalizer away. */
export function waitsFor(finalizer: string, { deletionTimestamp, finalizers = [] }: ObjectMeta): boolean {
  return deletionTimestamp !== undefined && finalizers.includes(finalizer);
}

/** What the graph keeps of an object of this kind, in the version that the collector names it by. */
export function observedObject(apiVersion: string, kind: string, metadata: ObjectMeta): ObservedObject {
  const { namespace = "", name = "", uid = "", ownerReferences = NONE, deletionTimestamp } = metadata;
  return {
    identity: { apiVersion, kind, namespace, name, uid },
    owners: ownerReferences,
    beingDeleted: deletionTimestamp !== undefined,
    deletingDependents: waitsFor(FOREGROUND_FINALIZER, metadata),
    orphaningDependents: waitsFor(ORPHAN_FINALIZER, metadata),
  };
}
