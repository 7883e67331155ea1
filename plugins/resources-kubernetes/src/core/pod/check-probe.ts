import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "../../checks/check-number.js";
import type * as core from "../../types/core-v1.js";
import { checkHandler } from "./check-handler.js";

const COUNTS = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

function checkProbe(probe: core.Probe, gracePeriod: number | undefined, path: string, errors: FieldErrors): void {
  checkHandler(probe, gracePeriod, path, errors);
  for (const field of COUNTS) checkNonnegative(probe[field] ?? 0, `${path}.${field}`, errors);
  const { terminationGracePeriodSeconds: seconds } = probe;
  if (seconds !== undefined && seconds <= 0)
    errors.invalid(`${path}.terminationGracePeriodSeconds`, seconds, "must be greater than 0");
}

function checkOneSuccess({ successThreshold = 0 }: core.Probe, path: string, errors: FieldErrors): void {
  if (successThreshold !== 1) errors.invalid(`${path}.successThreshold`, successThreshold, "must be 1");
}

/** The probes of a container that runs on; upstream's `validateLivenessProbe`, `validateReadinessProbe`, `validateStartupProbe`. */
export function checkProbes(
  { livenessProbe, readinessProbe, startupProbe }: core.Container,
  gracePeriod: number | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (livenessProbe !== undefined) {
    checkProbe(livenessProbe, gracePeriod, `${path}.livenessProbe`, errors);
    checkOneSuccess(livenessProbe, `${path}.livenessProbe`, errors);
  }
  if (readinessProbe !== undefined) {
    checkProbe(readinessProbe, gracePeriod, `${path}.readinessProbe`, errors);
    const { terminationGracePeriodSeconds: seconds } = readinessProbe;
    const at = `${path}.readinessProbe.terminationGracePeriodSeconds`;
    if (seconds !== undefined) errors.invalid(at, seconds, "must not be set for readinessProbes");
  }
  if (startupProbe !== undefined) {
    checkProbe(startupProbe, gracePeriod, `${path}.startupProbe`, errors);
    checkOneSuccess(startupProbe, `${path}.startupProbe`, errors);
  }
}
