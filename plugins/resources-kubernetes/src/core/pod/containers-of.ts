import type * as core from "../../types/core-v1.js";

/** A container with the path of the list that it is in. */
export interface PlacedContainer {
  readonly container: core.EphemeralContainerCommon;
  readonly list: "initContainers" | "containers" | "ephemeralContainers";
  readonly index: number;
}

/** All containers of a pod in upstream's order: those that begin, those that run, those that look in. */
export function containersOf(spec: core.PodSpec): PlacedContainer[] {
  const placed: PlacedContainer[] = [];
  for (const list of ["initContainers", "containers", "ephemeralContainers"] as const)
    for (const [index, container] of (spec[list] ?? []).entries()) placed.push({ container, list, index });
  return placed;
}

/** True for an init container that goes on beside the others, a sidecar. */
export function isSidecar(container: core.Container | undefined): boolean {
  return container?.restartPolicy === "Always";
}
