import type * as core from "../../types/core-v1.js";
import { claimSpecWarnings } from "../persistent-volume-claim/claim-warnings.js";

/** What nobody runs any more, in upstream's order; the name in the path is upstream's too. */
const DEPRECATED: readonly (readonly [source: keyof core.VolumeSource, name: string, warning: string])[] = [
  ["photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"],
  ["scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["flocker", "flocker", "deprecated in v1.22, non-functional in v1.25+"],
  ["storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"],
  ["quobyte", "quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"],
];

/** What is to be said against the source of a volume. */
export function volumeWarnings(volume: core.Volume, path: string): string[] {
  const warnings: string[] = [];
  for (const [source, name, warning] of DEPRECATED)
    if (volume[source] !== undefined) warnings.push(`${path}.${name}: ${warning}`);
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim === undefined) return warnings;
  return [...warnings, ...claimSpecWarnings(claim, `${path}.ephemeral.volumeClaimTemplate.spec`)];
}
