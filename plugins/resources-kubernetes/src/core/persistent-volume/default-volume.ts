import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";
import { defaultDisk } from "../pod/default-volume.js";

/** The defaults of a persistent volume: it is kept when its claim goes, and is for files. */
export function defaultPersistentVolume(spec: core.PersistentVolumeSpec, status: core.PersistentVolumeStatus): void {
  status.phase ||= "Pending";
  spec.persistentVolumeReclaimPolicy ||= "Retain";
  spec.volumeMode ??= "Filesystem";
  defaultResourceList(spec.capacity);
  defaultDisk(spec);
}
