import type { FieldErrors } from "@quarterdeck/meta";
import type { LeaseCandidateSpec } from "../../types/coordination-v1beta1.js";
import { checkLeaseStrategy } from "../check-lease-strategy.js";
import { SemanticVersion } from "./semantic-version.js";

const NOT_A_VERSION = "must be a valid semantic version";

/** Who would hold a lease; upstream's `ValidateLeaseCandidateSpec`. */
export function checkCandidate(spec: LeaseCandidateSpec, errors: FieldErrors): void {
  const { leaseName, binaryVersion, emulationVersion = "", strategy = "" } = spec;
  if (leaseName === "") errors.required("spec.leaseName");
  const emulated = SemanticVersion.parse(emulationVersion);
  if (emulationVersion !== "" && emulated === undefined)
    errors.invalid("spec.emulationVersion", emulationVersion, NOT_A_VERSION);
  const binary = SemanticVersion.parse(binaryVersion);
  if (binaryVersion === "") errors.required("spec.binaryVersion");
  else if (binary === undefined) errors.invalid("spec.binaryVersion", binaryVersion, NOT_A_VERSION);
  // what is no version counts as 0.0.0
  if (binaryVersion !== "" && emulated !== undefined && (binary?.isBefore(emulated) ?? !emulated.isZero))
    errors.invalid("spec.binaryVersion", binaryVersion, "must be greater than or equal to `emulationVersion`");
  if (strategy === "") {
    errors.required("spec.strategy");
    return;
  }
  if (strategy === "OldestEmulationVersion" && (emulated?.isZero ?? true))
    errors.required("spec.emulationVersion", "must be specified when `strategy` is 'OldestEmulationVersion'");
  checkLeaseStrategy(strategy, errors);
}
