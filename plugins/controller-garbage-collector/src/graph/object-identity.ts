import type { OwnerReference } from "@quarterdeck/meta";

/** Which object is meant, as the graph knows it. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for a cluster-scoped object, and for an owner of one whose scope is not known yet. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** The owner that a dependent in this namespace refers to. */
export function ownerIdentity({ apiVersion, kind, name, uid }: OwnerReference, namespace: string): ObjectIdentity {
  return { apiVersion, kind, namespace, name, uid };
}

/** True when all that a reference says of its owner is so; it says nothing of a namespace. */
export function refersTo(reference: OwnerReference, owner: ObjectIdentity): boolean {
  const { apiVersion, kind, name, uid } = owner;
  return (
    reference.uid === uid && reference.name === name && reference.kind === kind && reference.apiVersion === apiVersion
  );
}

/** The same text for the same identity. */
export function identityKey({ apiVersion, kind, namespace, name, uid }: ObjectIdentity): string {
  return JSON.stringify([kind, apiVersion, namespace, name, uid]);
}

/** True when both are the same in every part. */
export function sameIdentity(one: ObjectIdentity, other: ObjectIdentity): boolean {
  return one.namespace === other.namespace && refersTo(one, other);
}

/**
 * Negative, 0 or positive: the order in which the alternatives for an owner are tried, upstream's. The kind counts first,
 * so that it is the same whether kinds have namespaces or not.
 */
export function compareIdentities(one: ObjectIdentity, other: ObjectIdentity): number {
  for (const part of ["kind", "apiVersion", "namespace", "name", "uid"] as const) {
    if (one[part] !== other[part]) return one[part] < other[part] ? -1 : 1;
  }
  return 0;
}

/** An identity as upstream prints it: `[v1/Pod, namespace: ns, name: a, uid: 1]`. */
export function identityText({ apiVersion, kind, namespace, name, uid }: ObjectIdentity): string {
  return `[${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}]`;
}
