import type { ObjectMeta } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { nodeTermWarnings } from "../deprecated-node-labels.js";
import { STORAGE_CLASS_ANNOTATION } from "../storage-class-annotation.js";

const ANNOTATIONS: readonly (readonly [annotation: string, warning: string])[] = [
  [STORAGE_CLASS_ANNOTATION, 'deprecated since v1.8; use "storageClassName" attribute instead'],
  ["volume.beta.kubernetes.io/mount-options", 'deprecated since v1.31; use "mountOptions" attribute instead'],
];
const RECYCLE =
  "The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
/** What nobody runs any more, in upstream's order; the name in the path is upstream's too. */
const SOURCES: readonly (readonly [source: keyof core.PersistentVolumeSource, name: string, warning: string])[] = [
  ["cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"],
];

/** What is to be said against a volume that is no error; upstream's `GetWarningsForPersistentVolume`. */
export function volumeWarnings({ annotations = {} }: ObjectMeta, spec: core.PersistentVolumeSpec): string[] {
  const warnings = ANNOTATIONS.filter(([name]) => Object.hasOwn(annotations, name)).map(
    ([name, warning]) => `metadata.annotations[${name}]: ${warning}`,
  );
  if (spec.persistentVolumeReclaimPolicy === "Recycle") warnings.push(`spec.persistentVolumeReclaimPolicy: ${RECYCLE}`);
  for (const [index, term] of (spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).entries())
    warnings.push(...nodeTermWarnings(term, `spec.nodeAffinity.required.nodeSelectorTerms[${index}]`, false));
  for (const [source, name, warning] of SOURCES)
    if (spec[source] !== undefined) warnings.push(`spec.${name}: ${warning}`);
  return warnings;
}
