import { setImmediate as nextTurn } from "node:timers/promises";
import { ORPHAN_FINALIZER, reasonOf } from "@quarterdeck/meta";
import type { GraphNode } from "../graph/graph-node.js";
import { type LiveObjects, withoutFinalizer, withoutOwners } from "../live/live-objects.js";

/** Some dependents of an owner could not be released; they are tried again, the owner waits for them. */
class ReleaseError extends Error {
  constructor(failures: readonly unknown[], of: number) {
    super(`${failures.length} of ${of} dependents could not be released: ${reasonOf(failures[0])}`, {
      cause: failures[0],
    });
    this.name = "ReleaseError";
  }
}

/**
 * Takes the references to an owner away from all its dependents, so many at a time, and then the finalizer from the owner
 * that waits for this; upstream's `attemptToOrphanWorker`.
 */
export async function releaseDependents(live: LiveObjects, owner: GraphNode, workers: number): Promise<void> {
  const { identity } = owner;
  const dependents = [...owner.dependents];
  const change = withoutOwners(new Set([identity.uid]));
  const failures: unknown[] = [];
  const queue = dependents.values();
  const work = async (): Promise<void> => {
    for (const dependent of queue) {
      // Others are served between, also where the store is in memory and never waits.
      await nextTurn();
      await live.change(dependent.identity, change).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, dependents.length) }, work));
  if (failures.length > 0) throw new ReleaseError(failures, dependents.length);
  await live.change(identity, withoutFinalizer(ORPHAN_FINALIZER));
}
