import type { FieldErrors, ObjectMeta } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** Those of which the annotation may say how they are mounted. */
const MOUNTED: readonly (keyof core.PersistentVolumeSource)[] = [
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "glusterfs",
  "nfs",
  "rbd",
  "quobyte",
  "iscsi",
  "cinder",
  "cephfs",
  "azureFile",
  "vsphereVolume",
  "azureDisk",
  "photonPersistentDisk",
];
const MOUNT_OPTIONS = "volume.beta.kubernetes.io/mount-options";

/** Refuses the annotation with options on volumes that are not mounted with any; upstream's `checkMountOption`. */
export function checkMountOptions(
  { annotations }: ObjectMeta,
  spec: core.PersistentVolumeSpec,
  errors: FieldErrors,
): void {
  if (annotations?.[MOUNT_OPTIONS] === undefined || MOUNTED.some((key) => spec[key] !== undefined)) return;
  errors.forbidden(`metadata.annotations.${MOUNT_OPTIONS}`, "may not specify mount options for this volume type");
}
