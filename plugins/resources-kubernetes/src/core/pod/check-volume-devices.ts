import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import type { Volumes } from "./check-volume-mounts.js";

const NOT_A_CLAIM = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";

function checkSource(name: string, volumes: Volumes, path: string, errors: FieldErrors): void {
  const source = volumes.get(name);
  if (source === undefined) errors.notFound(path, name);
  else if (source.persistentVolumeClaim === undefined && source.ephemeral === undefined)
    errors.invalid(path, name, NOT_A_CLAIM);
}

/** The block devices of a container; upstream's `ValidateVolumeDevices`. */
export function checkVolumeDevices(
  container: core.Container,
  volumes: Volumes,
  path: string,
  errors: FieldErrors,
): void {
  const mounts = new Map((container.volumeMounts ?? []).map(({ name, mountPath }) => [name, mountPath]));
  const mountPaths = new Set(mounts.values());
  const names = new Set<string>();
  const places = new Set<string>();
  for (const [index, { name, devicePath }] of (container.volumeDevices ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (name === "") errors.required(`${at}.name`);
    if (names.has(name)) errors.invalid(`${at}.name`, name, "must be unique");
    checkSource(name, volumes, `${at}.name`, errors);
    if (devicePath === "") errors.required(`${at}.devicePath`);
    if (places.has(devicePath)) errors.invalid(`${at}.devicePath`, devicePath, "must be unique");
    if (devicePath.split("/").includes(".."))
      errors.invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')");
    else places.add(devicePath);
    if (mounts.has(name)) errors.invalid(`${at}.name`, name, "must not already exist in volumeMounts");
    if (mountPaths.has(devicePath))
      errors.invalid(`${at}.devicePath`, devicePath, "must not already exist as a path in volumeMounts");
    if (name !== "") names.add(name);
  }
}
