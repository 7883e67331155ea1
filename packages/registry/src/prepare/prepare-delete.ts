import type { KubeObject } from "@quarterdeck/meta";
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { DeleteOptions, RegistryResource, WriteRequest } from "../registry-resource.js";
import type { Grace } from "./grace.js";
import { timestamp } from "./timestamp.js";

/** Which of the two collector finalizers the object waits for; an explicit policy beats the ones it has. */
function collectorFinalizer(
  { garbageCollection }: ResourceDescriptor,
  finalizers: readonly string[],
  options: DeleteOptions,
): string | undefined {
  if (garbageCollection === "unsupported") return undefined;
  if (options.orphanDependents !== undefined) return options.orphanDependents ? ORPHAN_FINALIZER : undefined;
  switch (options.propagationPolicy) {
    case "Orphan":
      return ORPHAN_FINALIZER;
    case "Foreground":
      return FOREGROUND_FINALIZER;
    case "Background":
      return undefined;
    default: {
      const held = finalizers.find((one) => one === ORPHAN_FINALIZER || one === FOREGROUND_FINALIZER);
      return held ?? (garbageCollection === "orphan" ? ORPHAN_FINALIZER : undefined);
    }
  }
}

/**
 * The finalizers of an object once its delete has been asked for, upstream's `deletionFinalizersForGarbageCollection`;
 * none lets it go at once.
 */
export function finalizersAfterDelete(
  descriptor: ResourceDescriptor,
  finalizers: readonly string[],
  options: DeleteOptions,
): readonly string[] {
  const wanted = collectorFinalizer(descriptor, finalizers, options);
  if (wanted !== undefined && finalizers.includes(wanted)) {
    return finalizers.filter((one) => one === wanted || (one !== ORPHAN_FINALIZER && one !== FOREGROUND_FINALIZER));
  }
  const others = finalizers.filter((one) => one !== ORPHAN_FINALIZER && one !== FOREGROUND_FINALIZER);
  return wanted === undefined ? others : [...others, wanted];
}

/** Says what becomes of the dependents where a delete does not, of kinds that have something to say of it. */
export function warnOfDependents(
  { descriptor: { dependentsWarning } }: RegistryResource,
  request: WriteRequest,
  { propagationPolicy, orphanDependents }: DeleteOptions,
): void {
  if (dependentsWarning !== undefined && propagationPolicy === undefined && orphanDependents === undefined)
    request.warn(dependentsWarning);
}

/** True when the class of an object names something of its own that keeps it, as a namespace's `spec.finalizers`. */
export function isHeld({ version }: WriteRequest, object: KubeObject): boolean {
  const { heldBy } = version.hooks;
  return heldBy !== undefined && heldBy(object).length > 0;
}

/**
 * Marks an object as being deleted. Without a grace a mark that stands keeps its time; the first mark counts in the
 * generation of objects that have one.
 */
export function markDeleted(
  object: KubeObject,
  finalizers: readonly string[],
  grace: Grace | undefined,
  now: Date,
): void {
  const { metadata } = object;
  const { deletionTimestamp: standing, generation = 0 } = metadata;
  if (standing === undefined && generation > 0) metadata.generation = generation + 1;
  const time = grace?.deletionTimestamp ?? timestamp(now);
  // both are in the same zone and of the same length, so text order is time order
  if (grace !== undefined || standing === undefined || standing > time) metadata.deletionTimestamp = time;
  metadata.deletionGracePeriodSeconds = grace?.seconds ?? 0;
  if (finalizers.length === 0) delete metadata.finalizers;
  else metadata.finalizers = [...finalizers];
}
