import type { GraphNode } from "./graph-node.js";
import { compareIdentities, type ObjectIdentity, ownerIdentity, refersTo, sameIdentity } from "./object-identity.js";

/** The dependents of an owner by what they say of it. One with several references to one uid can be in both lists. */
export interface Agreement {
  readonly agreeing: readonly GraphNode[];
  readonly disagreeing: readonly GraphNode[];
}

/** Which dependents mean this very owner, and which mean another one by its uid. */
export function agreementOn(owner: ObjectIdentity, dependents: Iterable<GraphNode>): Agreement {
  const agreeing: GraphNode[] = [];
  const disagreeing: GraphNode[] = [];
  for (const dependent of dependents) {
    // An owner in a namespace can be meant only from within it.
    if (owner.namespace !== "" && owner.namespace !== dependent.identity.namespace) {
      disagreeing.push(dependent);
      continue;
    }
    const references = dependent.owners.filter(({ uid }) => uid === owner.uid);
    if (references.some((one) => refersTo(one, owner))) agreeing.push(dependent);
    if (references.some((one) => !refersTo(one, owner))) disagreeing.push(dependent);
  }
  return { agreeing, disagreeing };
}

/** What dependents mean by the uid of an owner that is absent, other than this one. */
function* otherMeanings(absent: ObjectIdentity, dependents: Iterable<GraphNode>): Iterable<ObjectIdentity> {
  const clusterScoped = absent.namespace === "";
  for (const { owners, identity } of dependents) {
    for (const reference of owners) {
      if (reference.uid !== absent.uid) continue;
      const sameKind = reference.apiVersion === absent.apiVersion && reference.kind === absent.kind;
      // The absent one has shown that its kind has no namespaces.
      const other = ownerIdentity(reference, clusterScoped && sameKind ? "" : identity.namespace);
      if (!sameIdentity(other, absent)) yield other;
    }
  }
}

function earlier(one: ObjectIdentity, other: ObjectIdentity | undefined): ObjectIdentity {
  return other === undefined || compareIdentities(one, other) < 0 ? one : other;
}

/**
 * What else these dependents may mean by the uid of an owner that is known to be absent: the next identity in order after
 * the absent one, or the first, so that each has its turn. Undefined when they mean no other.
 */
export function alternativeOf(absent: ObjectIdentity, dependents: Iterable<GraphNode>): ObjectIdentity | undefined {
  let first: ObjectIdentity | undefined;
  let next: ObjectIdentity | undefined;
  for (const other of otherMeanings(absent, dependents)) {
    first = earlier(other, first);
    if (compareIdentities(absent, other) < 0) next = earlier(other, next);
  }
  return next ?? first;
}
