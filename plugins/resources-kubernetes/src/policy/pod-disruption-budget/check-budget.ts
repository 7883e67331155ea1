import { FieldErrors } from "@quarterdeck/meta";
import { checkConditions } from "../../checks/check-conditions.js";
import { checkAtMostWhole, checkIntOrPercent } from "../../checks/check-int-or-percent.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkNonnegative } from "../../checks/check-number.js";
import type { PodDisruptionBudgetSpec, PodDisruptionBudgetStatus } from "../../types/policy-v1.js";

const EVICTION_POLICIES = ["AlwaysAllow", "IfHealthyBudget"];
const AMOUNTS = ["minAvailable", "maxUnavailable"] as const;
const COUNTS = ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"] as const;

/** Messages have the spec with the names that its fields have inside upstream's server. */
function insideForm({ minAvailable, selector, maxUnavailable, unhealthyPodEvictionPolicy }: PodDisruptionBudgetSpec) {
  return {
    MinAvailable: minAvailable ?? null,
    Selector: selector ?? null,
    MaxUnavailable: maxUnavailable ?? null,
    UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
  };
}

/** Whether a stored budget chooses by values that no label can have, which its updates may keep then. */
function choosesByAnyValues({ selector }: PodDisruptionBudgetSpec): boolean {
  const errors = new FieldErrors();
  if (selector !== undefined) checkLabelSelector(selector, "", errors);
  return !errors.empty;
}

/** How many pods of which may be away; upstream's `ValidatePodDisruptionBudgetSpec`. `old` is the stored one on an update. */
export function checkBudget(
  spec: PodDisruptionBudgetSpec,
  old: PodDisruptionBudgetSpec | undefined,
  errors: FieldErrors,
): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.invalid("spec", insideForm(spec), "minAvailable and maxUnavailable cannot be both set");
  for (const field of AMOUNTS) {
    const amount = spec[field];
    if (amount === undefined) continue;
    checkIntOrPercent(amount, `spec.${field}`, errors);
    checkAtMostWhole(amount, `spec.${field}`, errors);
  }
  if (selector !== undefined)
    checkLabelSelector(selector, "spec.selector", errors, old !== undefined && choosesByAnyValues(old));
  if (policy !== undefined && !EVICTION_POLICIES.includes(policy))
    errors.notSupported("spec.unhealthyPodEvictionPolicy", policy, EVICTION_POLICIES);
}

/** Upstream's `ValidatePodDisruptionBudgetStatusUpdate`. */
export function checkBudgetStatus(status: PodDisruptionBudgetStatus, errors: FieldErrors): void {
  checkConditions(status.conditions, "status.conditions", errors);
  for (const field of COUNTS) checkNonnegative(status[field], `status.${field}`, errors);
}
