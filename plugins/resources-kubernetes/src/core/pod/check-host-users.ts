import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";
import type { PodAllowances } from "./pod-allowances.js";

const WITHOUT = "when `hostUsers` is false";

/** What a pod with users of its own cannot share with the host; upstream's `validateHostUsers`, with its capitals. */
export function checkHostUsers(spec: core.PodSpec, path: string, errors: FieldErrors, allow: PodAllowances): void {
  if (spec.hostUsers !== false) return;
  if (spec.hostNetwork === true && allow.hostNetworkWithUserNamespaces !== true)
    errors.forbidden(`${path}.hostNetwork`, WITHOUT);
  if (spec.hostPID === true) errors.forbidden(`${path}.HostPID`, WITHOUT);
  if (spec.hostIPC === true) errors.forbidden(`${path}.HostIPC`, WITHOUT);
  if (allow.devicesWithUserNamespaces === true) return;
  for (const { container, list, index } of containersOf(spec))
    if ((container.volumeDevices ?? []).length > 0)
      errors.forbidden(`${path}.${list}[${index}].volumeDevices`, WITHOUT);
}
