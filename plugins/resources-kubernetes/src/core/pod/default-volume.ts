import type * as core from "../../types/core-v1.js";
import { defaultClaimSpec } from "../persistent-volume-claim/default-claim.js";
import { pullPolicyOf } from "./default-container.js";

/** Readable by all, writable by the owner: `0644`. */
const FILE_MODE = 0o644;
const HOUR = 3600;

function defaultItems(items: readonly core.DownwardAPIVolumeFile[] = []): void {
  for (const { fieldRef } of items) if (fieldRef !== undefined) fieldRef.apiVersion ||= "v1";
}

function defaultProjected(projected: core.ProjectedVolumeSource): void {
  projected.defaultMode ??= FILE_MODE;
  for (const { downwardAPI, serviceAccountToken } of projected.sources ?? []) {
    defaultItems(downwardAPI?.items);
    if (serviceAccountToken !== undefined) serviceAccountToken.expirationSeconds ??= HOUR;
  }
}

/** The files that the server makes of other objects. */
function defaultFiles(volume: core.Volume): void {
  if (volume.secret !== undefined) volume.secret.defaultMode ??= FILE_MODE;
  if (volume.configMap !== undefined) volume.configMap.defaultMode ??= FILE_MODE;
  if (volume.downwardAPI !== undefined) {
    volume.downwardAPI.defaultMode ??= FILE_MODE;
    defaultItems(volume.downwardAPI.items);
  }
  if (volume.projected !== undefined) defaultProjected(volume.projected);
}

/** Sources that a persistent volume may have too. */
type SharedSources = Pick<core.PersistentVolumeSource, "azureDisk" | "hostPath"> & {
  readonly iscsi?: Pick<core.ISCSIVolumeSource, "iscsiInterface">;
  readonly rbd?: Pick<core.RBDVolumeSource, "keyring" | "pool" | "user">;
  readonly scaleIO?: Pick<core.ScaleIOVolumeSource, "fsType" | "storageMode">;
};

function defaultNetworkDisk({ iscsi, rbd, scaleIO }: SharedSources): void {
  if (iscsi !== undefined) iscsi.iscsiInterface ||= "default";
  if (rbd !== undefined) {
    rbd.pool ||= "rbd";
    rbd.user ||= "admin";
    rbd.keyring ||= "/etc/ceph/keyring";
  }
  if (scaleIO !== undefined) {
    scaleIO.storageMode ||= "ThinProvisioned";
    scaleIO.fsType ||= "xfs";
  }
}

function defaultAzureDisk(disk: core.AzureDiskVolumeSource): void {
  disk.cachingMode ??= "ReadWrite";
  disk.fsType ??= "ext4";
  disk.readOnly ??= false;
  disk.kind ??= "Shared";
}

/** The defaults of disks and directories, which pods and persistent volumes share. */
export function defaultDisk(sources: SharedSources): void {
  if (sources.hostPath !== undefined) sources.hostPath.type ??= "";
  defaultNetworkDisk(sources);
  if (sources.azureDisk !== undefined) defaultAzureDisk(sources.azureDisk);
}

/** A volume that names no source is an empty directory; each source has defaults of its own. */
export function defaultVolume(volume: core.Volume): void {
  // The name is all that is no source.
  if (Object.keys(volume).every((key) => key === "name")) volume.emptyDir = {};
  if (volume.image !== undefined) volume.image.pullPolicy ||= pullPolicyOf(volume.image.reference);
  defaultFiles(volume);
  defaultDisk(volume);
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim !== undefined) defaultClaimSpec(claim);
}
