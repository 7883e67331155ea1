import type { FieldErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkDescendingPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";

const TYPES = ["Localhost", "RuntimeDefault", "Unconfined"];
const LONGEST_PROFILE = 4095;

/** What the system calls of a container may be; upstream's `validateSeccompProfileField`. */
export function checkSeccompProfile(profile: core.SeccompProfile, path: string, errors: FieldErrors): void {
  const { type, localhostProfile } = profile;
  const at = `${path}.localhostProfile`;
  checkNeededEnum(type, TYPES, `${path}.type`, errors, "type is required when seccompProfile is set");
  if (type !== "Localhost") {
    if (localhostProfile === undefined) return;
    // the names that the fields have inside upstream, since it prints them so
    const inside = { Type: type, LocalhostProfile: localhostProfile };
    errors.invalid(at, inside, "can only be set when seccomp type is Localhost");
  } else if (localhostProfile === undefined) errors.required(at, "must be set when seccomp type is Localhost");
  else checkDescendingPath(localhostProfile, at, errors);
}

function checkLocalProfile(profile: string | undefined, path: string, errors: FieldErrors): void {
  if (profile === undefined) {
    errors.required(path, "must be set when AppArmor type is Localhost");
    return;
  }
  if (profile.trim() !== profile) errors.invalid(path, profile, "must not be padded with whitespace");
  else if (profile === "") errors.required(path, "must be set when AppArmor type is Localhost");
  if (Buffer.byteLength(profile) > LONGEST_PROFILE) errors.tooLong(path, LONGEST_PROFILE);
}

/** What AppArmor confines a container to; upstream's `ValidateAppArmorProfileField`. */
export function checkAppArmorProfile(profile: core.AppArmorProfile, path: string, errors: FieldErrors): void {
  const { type, localhostProfile } = profile;
  const at = `${path}.localhostProfile`;
  if (type === "Localhost") checkLocalProfile(localhostProfile, at, errors);
  else {
    checkNeededEnum(type, TYPES, `${path}.type`, errors, "type is required when appArmorProfile is set");
    if (TYPES.includes(type) && localhostProfile !== undefined)
      errors.invalid(at, localhostProfile, "can only be set when AppArmor type is Localhost");
  }
}
