import { sameJson } from "../../checks/same-json.js";
import type * as core from "../../types/core-v1.js";
import { defaultPodResources } from "./default-pod-resources.js";
import { dropDisabledFields } from "./drop-disabled-fields.js";
import { keepPodResources, type PodParts } from "./prepare-pod.js";

/** All but the named part of the pod, and the tracking of fields, is as it was. */
function putBack(pod: PodParts, old: PodParts, spec: core.PodSpec): void {
  const { managedFields } = pod.metadata;
  pod.metadata = structuredClone(old.metadata);
  if (managedFields === undefined) delete pod.metadata.managedFields;
  else pod.metadata.managedFields = managedFields;
  pod.status = structuredClone(old.status);
  pod.spec = spec;
}

function countGeneration(pod: PodParts, old: PodParts): void {
  if (!sameJson(pod.spec, old.spec)) pod.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

/** A write of `/ephemeralcontainers` changes nothing else. */
export function prepareEphemeralContainers(pod: PodParts, old: PodParts): void {
  const { ephemeralContainers } = pod.spec;
  const spec = structuredClone(old.spec);
  delete spec.ephemeralContainers;
  putBack(pod, old, ephemeralContainers === undefined ? spec : { ...spec, ephemeralContainers });
  dropDisabledFields(pod.spec, pod.metadata, old.spec);
  countGeneration(pod, old);
}

/** The old containers with the resources of the new ones; undefined when they are not the same containers. */
function resized(
  wanted: readonly core.Container[] = [],
  old: readonly core.Container[] = [],
): core.Container[] | undefined {
  if (wanted.length !== old.length) return undefined;
  const containers: core.Container[] = [];
  for (const [index, { name, resources, resizePolicy }] of wanted.entries()) {
    const before = old[index];
    if (before?.name !== name) return undefined;
    const { resizePolicy: _, ...kept } = structuredClone(before);
    containers.push({ ...kept, resources, ...(resizePolicy === undefined ? {} : { resizePolicy }) });
  }
  return containers;
}

function replaceContainers(spec: core.PodSpec, wanted: core.PodSpec, list: "containers" | "initContainers"): void {
  // Other containers than before are for the validation to refuse.
  const containers = resized(wanted[list] ?? [], spec[list] ?? []) ?? wanted[list];
  if (containers === undefined || containers === null || containers.length === 0) return;
  spec[list] = containers;
}

function sameCount(left: readonly unknown[] | null | undefined, right: readonly unknown[] | null | undefined): boolean {
  return (left ?? []).length === (right ?? []).length;
}

/**
 * A write of `/resize` changes resources and what a change of them calls for, of containers that are there and of the pod as
 * a whole; upstream's `dropNonResizeUpdates`. More or fewer containers stay, for the validation to refuse.
 */
export function prepareResize(pod: PodParts, old: PodParts): void {
  const { spec: wanted } = pod;
  const same =
    sameCount(wanted.containers, old.spec.containers) && sameCount(wanted.initContainers, old.spec.initContainers);
  if (same) {
    const { resources: _, ...spec }: core.PodSpec = structuredClone(old.spec);
    replaceContainers(spec, wanted, "containers");
    replaceContainers(spec, wanted, "initContainers");
    putBack(pod, old, wanted.resources === undefined ? spec : { ...spec, resources: wanted.resources });
  }
  keepPodResources(pod.spec, old.spec);
  defaultPodResources(pod.spec);
  dropDisabledFields(pod.spec, pod.metadata, old.spec);
  countGeneration(pod, old);
}
