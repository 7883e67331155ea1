import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkDescendingPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";

const PROPAGATIONS = ["Bidirectional", "HostToContainer", "None"];
const RECURSIVE_MODES = ["Disabled", "Enabled", "IfPossible"];

/** The sources of the pod's volumes by name. */
export type Volumes = ReadonlyMap<string, core.VolumeSource>;

function checkPropagation(mode: string, { securityContext }: core.Container, path: string, errors: FieldErrors): void {
  checkEnum(mode, PROPAGATIONS, path, errors);
  if (mode === "Bidirectional" && securityContext?.privileged !== true)
    errors.forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
}

function checkRecursiveReadOnly(mount: core.VolumeMount, path: string, errors: FieldErrors): void {
  const { recursiveReadOnly: mode, readOnly, mountPropagation } = mount;
  if (mode === undefined || mode === "Disabled") return;
  checkEnum(mode, RECURSIVE_MODES, path, errors);
  if (!RECURSIVE_MODES.includes(mode)) return;
  if (readOnly !== true) errors.forbidden(path, "may only be specified when readOnly is true");
  if (mountPropagation !== undefined && mountPropagation !== "None")
    errors.forbidden(path, "may only be specified when mountPropagation is None or not specified");
}

function checkSubPaths(mount: core.VolumeMount, path: string, at: string, errors: FieldErrors): void {
  const { subPath = "", subPathExpr = "" } = mount;
  if (subPath !== "") checkDescendingPath(subPath, `${path}.subPath`, errors);
  if (subPathExpr === "") return;
  if (subPath !== "")
    errors.invalid(`${at}.subPathExpr`, subPathExpr, "subPathExpr and subPath are mutually exclusive");
  checkDescendingPath(subPathExpr, `${path}.subPathExpr`, errors);
}

/**
 * What a container mounts, each at another place; upstream's `ValidateVolumeMounts`, which tells of some fields at the list
 * as a whole.
 */
export function checkVolumeMounts(
  container: core.Container,
  volumes: Volumes,
  path: string,
  errors: FieldErrors,
): void {
  const devices = new Map((container.volumeDevices ?? []).map(({ name, devicePath }) => [name, devicePath]));
  const devicePaths = new Set(devices.values());
  const places = new Set<string>();
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const at = `${path}[${index}]`;
    const { name, mountPath } = mount;
    if (name === "") errors.required(`${at}.name`);
    if (!volumes.has(name)) errors.notFound(`${at}.name`, name);
    if (mountPath === "") errors.required(`${at}.mountPath`);
    if (places.has(mountPath)) errors.invalid(`${at}.mountPath`, mountPath, "must be unique");
    places.add(mountPath);
    if (devices.has(name)) errors.invalid(`${at}.name`, name, "must not already exist in volumeDevices");
    if (devicePaths.has(mountPath))
      errors.invalid(`${at}.mountPath`, mountPath, "must not already exist as a path in volumeDevices");
    checkSubPaths(mount, path, at, errors);
    if (mount.mountPropagation !== undefined)
      checkPropagation(mount.mountPropagation, container, `${path}.mountPropagation`, errors);
    checkRecursiveReadOnly(mount, `${path}.recursiveReadOnly`, errors);
  }
}
