import type { ObjectMeta, OwnerReference } from "@quarterdeck/meta";
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from "@quarterdeck/meta";
import type { GraphNode } from "../graph/graph-node.js";
import type { ObjectGraph } from "../graph/object-graph.js";
import { type LiveObjects, unblockOwners, withoutFinalizer, withoutOwners } from "../live/live-objects.js";
import { NamespacedOwnerError } from "../live/namespaced-owner-error.js";
import type { OwnerLookup } from "./owner-lookup.js";

/** What a collector works with. */
export interface CollectorParts {
  readonly graph: ObjectGraph;
  readonly live: LiveObjects;
  readonly owners: OwnerLookup;
  /** Has an object looked at, soon. */
  suspect(node: GraphNode): void;
}

/** How the finalizers that an object has already want it to be deleted. */
function policyOf({ finalizers = [] }: ObjectMeta): "Orphan" | "Foreground" | "Background" {
  if (finalizers.includes(ORPHAN_FINALIZER)) return "Orphan";
  return finalizers.includes(FOREGROUND_FINALIZER) ? "Foreground" : "Background";
}

function uidsOf(references: readonly OwnerReference[]): string[] {
  return references.map(({ uid }) => uid);
}

/**
 * Looks at an object that may have to go, and does what there is to do; upstream's `attemptToDeleteItem`. False when it has
 * to be looked at again though nobody will say so.
 */
export async function collectObject(parts: CollectorParts, node: GraphNode): Promise<boolean> {
  // It is on its way; its end will be told.
  if (node.beingDeleted && !node.deletingDependents) return true;
  try {
    return await collect(parts, node);
  } catch (error) {
    if (!(error instanceof NamespacedOwnerError)) throw error;
    // Nobody can say whether such an owner is there, so it is never the reason for a deletion; whoever names it is told.
    if (node.virtual) for (const dependent of node.dependents) parts.suspect(dependent);
    return true;
  }
}

async function collect(parts: CollectorParts, node: GraphNode): Promise<boolean> {
  const { graph, live } = parts;
  const { identity } = node;
  const seen = await live.get(identity);
  const found = seen !== undefined && seen.uid === identity.uid && (await act(parts, node, seen));
  if (!found) return !graph.absent(identity);
  // Of an owner that no observer tells of only looking finds out when it is gone.
  return graph.confirm(node);
}

/** Does what the state of an object asks for; false when the object turns out to be gone. */
async function act(parts: CollectorParts, node: GraphNode, seen: ObjectMeta): Promise<boolean> {
  const { live, owners } = parts;
  const { identity } = node;
  if (node.deletingDependents) {
    await goOn(parts, node);
    return true;
  }
  const { ownerReferences = [] } = seen;
  if (ownerReferences.length === 0) return true;
  const { solid, dangling, waiting } = await owners.statesOf(identity, ownerReferences);
  if (solid.length > 0) {
    // Owners that wait would wait for ever for an object that stays.
    const gone = new Set([...uidsOf(dangling), ...uidsOf(waiting)]);
    if (gone.size > 0) await live.change(identity, withoutOwners(gone));
    return true;
  }
  if (waiting.length === 0 || node.dependents.size === 0) return live.delete(identity, seen, policyOf(seen));
  return deleteInForeground(parts, node, seen);
}

/** An owner waits for an object that has dependents itself: these go first, too. */
async function deleteInForeground(
  { live, suspect }: CollectorParts,
  node: GraphNode,
  seen: ObjectMeta,
): Promise<boolean> {
  const { identity } = node;
  const inCircle = [...node.dependents].some(({ deletingDependents }) => deletingDependents);
  // Otherwise each would wait for the other. What was seen is the past then, so it is looked at anew.
  if (inCircle && (await live.change(identity, unblockOwners))) {
    suspect(node);
    return true;
  }
  return live.delete(identity, seen, "Foreground");
}

/** An object that waits for its dependents: it may go when none of them holds it any more. */
async function goOn({ live, suspect }: CollectorParts, node: GraphNode): Promise<void> {
  const blocking = node.blockingDependents;
  if (blocking.length === 0) await live.change(node.identity, withoutFinalizer(FOREGROUND_FINALIZER));
  for (const dependent of blocking) if (!dependent.deletingDependents) suspect(dependent);
}
