import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkId } from "../../checks/check-number.js";
import type * as core from "../../types/core-v1.js";
import { checkAppArmorProfile, checkSeccompProfile } from "./check-profiles.js";
import { checkWindowsOptions } from "./check-windows-options.js";
import type { PodAllowances } from "./pod-allowances.js";

const PROC_MOUNTS = ["Default", "Unmasked"];

/** As upstream prints it, which has other names for the fields inside, and prints those that are not there. */
function inside(context: core.SecurityContext): object {
  const { capabilities, seLinuxOptions, windowsOptions, seccompProfile, appArmorProfile } = context;
  const capital = (value: object | undefined): object | null =>
    value === undefined
      ? null
      : Object.fromEntries(
          Object.entries(value).map(([key, one]) => [`${key.charAt(0).toUpperCase()}${key.slice(1)}`, one]),
        );
  return {
    Capabilities:
      capabilities === undefined ? null : { Add: capabilities.add ?? null, Drop: capabilities.drop ?? null },
    Privileged: context.privileged ?? null,
    SELinuxOptions: capital(seLinuxOptions),
    WindowsOptions: capital(windowsOptions),
    RunAsUser: context.runAsUser ?? null,
    RunAsGroup: context.runAsGroup ?? null,
    RunAsNonRoot: context.runAsNonRoot ?? null,
    ReadOnlyRootFilesystem: context.readOnlyRootFilesystem ?? null,
    AllowPrivilegeEscalation: context.allowPrivilegeEscalation ?? null,
    ProcMount: context.procMount ?? null,
    SeccompProfile: capital(seccompProfile),
    AppArmorProfile: capital(appArmorProfile),
  };
}

function checkEscalation(context: core.SecurityContext, path: string, errors: FieldErrors, allow: PodAllowances): void {
  if (context.allowPrivilegeEscalation !== false) return;
  const refuse = (other: string): void =>
    errors.invalid(path, inside(context), `cannot set \`allowPrivilegeEscalation\` to false and ${other}`);
  if (context.privileged === true) refuse("`privileged` to true");
  if (allow.sysAdminWithoutEscalation === true) return;
  for (const capability of context.capabilities?.add ?? [])
    if (capability === "CAP_SYS_ADMIN") refuse("`capabilities.Add` CAP_SYS_ADMIN");
}

/**
 * What a container may do; upstream's `ValidateSecurityContext`. Privileged ones are allowed, as on servers that run with
 * `--allow-privileged`.
 */
export function checkSecurityContext(
  context: core.SecurityContext,
  path: string,
  errors: FieldErrors,
  { hostUsers }: core.PodSpec,
  allow: PodAllowances,
): void {
  checkId(context.runAsUser, `${path}.runAsUser`, errors);
  checkId(context.runAsGroup, `${path}.runAsGroup`, errors);
  const { procMount, seccompProfile, windowsOptions, appArmorProfile } = context;
  if (procMount !== undefined) checkEnum(procMount, PROC_MOUNTS, `${path}.procMount`, errors);
  if (procMount === "Unmasked" && hostUsers !== false)
    errors.invalid(`${path}.procMount`, procMount, "`hostUsers` must be false to use `Unmasked`");
  if (seccompProfile !== undefined) checkSeccompProfile(seccompProfile, `${path}.seccompProfile`, errors);
  checkEscalation(context, path, errors, allow);
  if (windowsOptions !== undefined) checkWindowsOptions(windowsOptions, `${path}.windowsOptions`, errors);
  if (appArmorProfile !== undefined) checkAppArmorProfile(appArmorProfile, `${path}.appArmorProfile`, errors);
}
