import type { ObjectMeta } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { fractionWarnings } from "../pod/fraction-warnings.js";
import { STORAGE_CLASS_ANNOTATION } from "../storage-class-annotation.js";

/** What is no error in the spec of a claim, also of a template: parts of bytes. */
export function claimSpecWarnings({ resources }: core.PersistentVolumeClaimSpec, path: string): string[] {
  return [
    ...fractionWarnings(resources.requests, ["storage"], `${path}.resources.requests`),
    ...fractionWarnings(resources.limits, ["storage"], `${path}.resources.limits`),
  ];
}

/** What is to be said against a claim that is no error; upstream's `GetWarningsForPersistentVolumeClaim`. */
export function claimWarnings({ annotations = {} }: ObjectMeta, spec: core.PersistentVolumeClaimSpec): string[] {
  const warnings = claimSpecWarnings(spec, "spec");
  if (!Object.hasOwn(annotations, STORAGE_CLASS_ANNOTATION)) return warnings;
  const use = 'deprecated since v1.8; use "storageClassName" attribute instead';
  return [`metadata.annotations[${STORAGE_CLASS_ANNOTATION}]: ${use}`, ...warnings];
}
