import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";

const SYSTEMS = ["linux", "windows"];
const NOT_ON_LINUX = "windows options cannot be set for a linux pod";
const NOT_ON_WINDOWS = "cannot be set for a windows pod";

const POD_FIELDS = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "fsGroup",
  "fsGroupChangePolicy",
  "sysctls",
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "supplementalGroupsPolicy",
  "seLinuxChangePolicy",
] as const;
const CONTAINER_FIELDS = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "capabilities",
  "readOnlyRootFilesystem",
  "privileged",
  "allowPrivilegeEscalation",
  "procMount",
  "runAsUser",
  "runAsGroup",
] as const;

function checkLinux(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  if (spec.securityContext?.windowsOptions !== undefined)
    errors.forbidden(`${path}.securityContext.windowsOptions`, NOT_ON_LINUX);
  for (const { container, list, index } of containersOf(spec))
    if (container.securityContext?.windowsOptions !== undefined)
      errors.forbidden(`${path}.${list}[${index}].securityContext.windowsOptions`, NOT_ON_LINUX);
}

function checkWindows(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  const refuse = (set: boolean, at: string): void => {
    if (set) errors.forbidden(`${path}.${at}`, NOT_ON_WINDOWS);
  };
  const { securityContext } = spec;
  for (const field of POD_FIELDS) {
    const value = securityContext?.[field];
    refuse(
      field === "sysctls" ? (securityContext?.sysctls ?? []).length > 0 : value !== undefined,
      `securityContext.${field}`,
    );
  }
  refuse(spec.hostUsers !== undefined, "hostUsers");
  refuse(spec.hostPID === true, "hostPID");
  refuse(spec.hostIPC === true, "hostIPC");
  refuse(spec.shareProcessNamespace !== undefined, "shareProcessNamespace");
  for (const { container, list, index } of containersOf(spec))
    for (const field of CONTAINER_FIELDS)
      refuse(container.securityContext?.[field] !== undefined, `${list}[${index}].securityContext.${field}`);
}

/** The system that a pod is for, and what it has not; upstream's `validateOS`, `validateLinux` and `validateWindows`. */
export function checkOs(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  const name = spec.os?.name ?? "";
  if (name === "") errors.required(`${path}.os.name`);
  else if (!SYSTEMS.includes(name)) errors.notSupported(`${path}.os`, name, SYSTEMS);
  else if (name === "linux") checkLinux(spec, path, errors);
  else checkWindows(spec, path, errors);
}

/** Containers that are processes of a Windows host: all or none of a pod; upstream's `validateWindowsHostProcessPod`. */
export function checkHostProcesses(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  const containers = containersOf(spec);
  let count = 0;
  for (const { container, list, index } of containers) {
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && own !== ofPod) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      errors.invalid(`${path}.${list}[${index}].securityContext.windowsOptions.hostProcess`, own, detail);
    }
    if (own ?? ofPod) count++;
  }
  if (count === 0) return;
  if (count !== containers.length) {
    const detail = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
    errors.invalid(path, "", detail);
  }
  if (spec.hostNetwork !== true) {
    const detail = "hostNetwork must be true if pod contains any hostProcess containers";
    errors.invalid(`${path}.hostNetwork`, false, detail);
  }
}
