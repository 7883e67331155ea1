import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";

/** Variables that are read from files are in volumes that the pod has for itself; upstream's `validateFileKeyRefVolumes`. */
export function checkFileKeyRefs(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  const volumes = new Map((spec.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const { container, list, index } of containersOf(spec)) {
    for (const [at, { valueFrom }] of (container.env ?? []).entries()) {
      const name = valueFrom?.fileKeyRef?.volumeName;
      if (name === undefined) continue;
      const field = `${path}.${list}[${index}].env[${at}].valueFrom.fileKeyRef.volumeName`;
      const volume = volumes.get(name);
      if (volume === undefined) errors.notFound(field, name);
      else if (volume.emptyDir === undefined) errors.invalid(field, name, "referenced volume must be of type emptyDir");
    }
  }
}
