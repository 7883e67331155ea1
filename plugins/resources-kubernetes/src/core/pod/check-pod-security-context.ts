import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkId } from "../../checks/check-number.js";
import type * as core from "../../types/core-v1.js";
import { checkAppArmorProfile, checkSeccompProfile } from "./check-profiles.js";
import { checkSysctls } from "./check-sysctls.js";
import { checkWindowsOptions } from "./check-windows-options.js";
import type { PodAllowances } from "./pod-allowances.js";

/** Fields of which some values are known, in upstream's order. */
const LATE_ENUMS = [
  ["supplementalGroupsPolicy", ["Merge", "Strict"]],
  ["seLinuxChangePolicy", ["MountOption", "Recursive"]],
] as const;

/** What all containers of a pod may do; upstream's `validatePodSpecSecurityContext`. */
export function checkPodSecurityContext(
  context: core.PodSecurityContext,
  spec: core.PodSpec,
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  checkId(context.fsGroup, `${path}.fsGroup`, errors);
  checkId(context.runAsUser, `${path}.runAsUser`, errors);
  checkId(context.runAsGroup, `${path}.runAsGroup`, errors);
  for (const [index, group] of (context.supplementalGroups ?? []).entries())
    checkId(group, `${path}.supplementalGroups[${index}]`, errors);
  checkSysctls(context.sysctls ?? [], spec, `${path}.sysctls`, errors, allow.hostSysctls === true);
  const { fsGroupChangePolicy, seccompProfile, windowsOptions, appArmorProfile } = context;
  if (fsGroupChangePolicy !== undefined)
    checkEnum(fsGroupChangePolicy, ["Always", "OnRootMismatch"], `${path}.fsGroupChangePolicy`, errors);
  if (seccompProfile !== undefined) checkSeccompProfile(seccompProfile, `${path}.seccompProfile`, errors);
  if (windowsOptions !== undefined) checkWindowsOptions(windowsOptions, `${path}.windowsOptions`, errors);
  if (appArmorProfile !== undefined) checkAppArmorProfile(appArmorProfile, `${path}.appArmorProfile`, errors);
  for (const [field, known] of LATE_ENUMS) {
    const value = context[field];
    if (value !== undefined) checkEnum(value, known, `${path}.${field}`, errors);
  }
}
