import type { KubeObject } from "@quarterdeck/meta";
import { sameValue } from "../json/same-value.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";

/** True for kinds whose objects count the changes of their desired state in `metadata.generation`. */
export function hasGeneration(resource: RegistryResource, request: WriteRequest): boolean {
  return resource.descriptor.flavour === "custom" || request.version.specField !== undefined;
}

/** True when anything but the metadata and the observed state differs. */
export function desiredStateChanged(request: WriteRequest, next: KubeObject, old: KubeObject): boolean {
  const { statusField } = request.version;
  for (const key of new Set([...Object.keys(next), ...Object.keys(old)])) {
    if (key === "metadata" || key === "kind" || key === "apiVersion" || key === statusField) continue;
    const before = Object.hasOwn(old, key) ? old[key] : undefined;
    const after = Object.hasOwn(next, key) ? next[key] : undefined;
    if (!sameValue(after, before)) return true;
  }
  return false;
}
