import type { KubeObject } from "@quarterdeck/meta";
import type { DeleteOptions, WriteRequest } from "../registry-resource.js";
import { timestamp } from "./timestamp.js";

const ORPHAN = "orphan";
const FOREGROUND = "foregroundDeletion";

/** Which of the two collector finalizers the object waits for; an explicit policy beats the ones it has. */
function collectorFinalizer(finalizers: readonly string[], options: DeleteOptions): string | undefined {
  if (options.orphanDependents !== undefined) return options.orphanDependents ? ORPHAN : undefined;
  switch (options.propagationPolicy) {
    case "Orphan":
      return ORPHAN;
    case "Foreground":
      return FOREGROUND;
    case "Background":
      return undefined;
    default:
      return finalizers.find((one) => one === ORPHAN || one === FOREGROUND);
  }
}

/** The finalizers of an object once its delete has been asked for; none lets it go at once. */
export function finalizersAfterDelete(finalizers: readonly string[], options: DeleteOptions): readonly string[] {
  const wanted = collectorFinalizer(finalizers, options);
  if (wanted !== undefined && finalizers.includes(wanted)) {
    return finalizers.filter((one) => one === wanted || (one !== ORPHAN && one !== FOREGROUND));
  }
  const others = finalizers.filter((one) => one !== ORPHAN && one !== FOREGROUND);
  return wanted === undefined ? others : [...others, wanted];
}

/** True when the class of an object names something of its own that keeps it, as a namespace's `spec.finalizers`. */
export function isHeld({ version }: WriteRequest, object: KubeObject): boolean {
  const { heldBy } = version.hooks;
  return heldBy !== undefined && heldBy(object).length > 0;
}

/** Marks an object as being deleted, without any grace; a mark that stands keeps its time. */
export function markDeleted(object: KubeObject, finalizers: readonly string[], now: Date): void {
  const { metadata } = object;
  const time = timestamp(now);
  if (metadata.deletionTimestamp === undefined && (metadata.generation ?? 0) > 0) {
    metadata.generation = (metadata.generation ?? 0) + 1;
  }
  // both are in the same zone and of the same length, so text order is time order
  if (metadata.deletionTimestamp === undefined || metadata.deletionTimestamp > time) metadata.deletionTimestamp = time;
  metadata.deletionGracePeriodSeconds = 0;
  metadata.finalizers = [...finalizers];
}
