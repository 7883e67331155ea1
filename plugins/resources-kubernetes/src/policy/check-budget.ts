import type { FieldErrors } from "@quarterdeck/meta";
import { checkConditions } from "../checks/check-conditions.js";
import { checkEnum } from "../checks/check-enum.js";
import { checkAtMostWhole, checkIntOrPercent } from "../checks/check-int-or-percent.js";
import { checkLabelSelector } from "../checks/check-label-selector.js";
import { checkNonnegative } from "../checks/check-number.js";
import type { PodDisruptionBudgetSpec, PodDisruptionBudgetStatus } from "../types/policy-v1.js";

const EVICTION_POLICIES: readonly string[] = ["AlwaysAllow", "IfHealthyBudget"];
const COUNTS = ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"] as const;

/** How many pods must stay, or may go: one of the two. Upstream's `ValidatePodDisruptionBudgetSpec`. */
export function checkBudget(spec: PodDisruptionBudgetSpec, errors: FieldErrors): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
  for (const [value, path] of [
    [minAvailable, "spec.minAvailable"],
    [maxUnavailable, "spec.maxUnavailable"],
  ] as const) {
    if (value === undefined) continue;
    checkIntOrPercent(value, path, errors);
    checkAtMostWhole(value, path, errors);
  }
  if (selector !== undefined) checkLabelSelector(selector, "spec.selector", errors);
  if (unhealthyPodEvictionPolicy !== undefined)
    checkEnum(unhealthyPodEvictionPolicy, EVICTION_POLICIES, "spec.unhealthyPodEvictionPolicy", errors);
}

/** Upstream's `ValidatePodDisruptionBudgetStatusUpdate`. */
export function checkBudgetStatus(status: PodDisruptionBudgetStatus, errors: FieldErrors): void {
  checkConditions(status.conditions, "status.conditions", errors);
  for (const field of COUNTS) checkNonnegative(status[field], `status.${field}`, errors);
}
