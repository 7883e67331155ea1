import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "../checks/check-number.js";
import { checkNonnegativeQuantity } from "../checks/check-quantity.js";
import type {
  HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerStatus,
  HPAScalingPolicy,
  HPAScalingRules,
} from "../types/autoscaling-v2.js";
import { checkMetric } from "./check-metric.js";
import { apiVersionProblem, checkTargetReference, type VersionRule } from "./check-target-reference.js";

const MAX_WINDOW_SECONDS = 3600;
const MAX_PERIOD_SECONDS = 1800;
const SELECT_POLICIES: readonly string[] = ["Disabled", "Max", "Min"];
const POLICY_TYPES: readonly string[] = ["Percent", "Pods"];

function checkPolicy({ type, value, periodSeconds }: HPAScalingPolicy, path: string, errors: FieldErrors): void {
  if (!POLICY_TYPES.includes(type)) errors.notSupported(`${path}.type`, type, POLICY_TYPES);
  if (value <= 0) errors.invalid(`${path}.value`, value, "must be greater than zero");
  if (periodSeconds <= 0) errors.invalid(`${path}.periodSeconds`, periodSeconds, "must be greater than zero");
  if (periodSeconds > MAX_PERIOD_SECONDS)
    errors.invalid(`${path}.periodSeconds`, periodSeconds, `must be less than or equal to ${MAX_PERIOD_SECONDS}`);
}

function checkRules(rules: HPAScalingRules, path: string, errors: FieldErrors): void {
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies, tolerance } = rules;
  const windowPath = `${path}.stabilizationWindowSeconds`;
  if (window < 0) errors.invalid(windowPath, window, "must be greater than or equal to zero");
  if (window > MAX_WINDOW_SECONDS)
    errors.invalid(windowPath, window, `must be less than or equal to ${MAX_WINDOW_SECONDS}`);
  if (selectPolicy !== undefined && !SELECT_POLICIES.includes(selectPolicy))
    errors.notSupported(`${path}.selectPolicy`, selectPolicy, SELECT_POLICIES);
  if ((policies ?? []).length === 0) errors.required(`${path}.policies`, "must specify at least one Policy");
  for (const [index, policy] of (policies ?? []).entries()) checkPolicy(policy, `${path}.policies[${index}]`, errors);
  if (tolerance !== undefined) checkNonnegativeQuantity(tolerance, `${path}.tolerance`, errors);
}

/** What does not change stays as it was written; core/v1 has one kind that scales. */
function targetRule({ scaleTargetRef }: HorizontalPodAutoscalerSpec, old?: HorizontalPodAutoscalerSpec): VersionRule {
  const { kind, apiVersion } = scaleTargetRef;
  if (old !== undefined && old.scaleTargetRef.kind === kind && old.scaleTargetRef.apiVersion === apiVersion)
    return "any";
  return kind === "ReplicationController" ? "versioned" : "grouped";
}

function objectRule(old?: HorizontalPodAutoscalerSpec): VersionRule {
  const objects = (old?.metrics ?? []).flatMap(({ type, object }) =>
    type === "Object" && object !== undefined ? [object.describedObject] : [],
  );
  return objects.some((one) => apiVersionProblem(one, "versioned") !== undefined) ? "any" : "versioned";
}

/** The rules that upstream's types declare, which are asked after those that are written by hand. */
function checkDeclared({ minReplicas = 0, maxReplicas }: HorizontalPodAutoscalerSpec, errors: FieldErrors): void {
  checkNonnegative(minReplicas, "spec.minReplicas", errors);
  if (maxReplicas === 0) errors.required("spec.maxReplicas");
  else if (maxReplicas < 0) errors.invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to 1");
}

/** How many replicas by which metrics; upstream's `validateHorizontalPodAutoscalerSpec`. `old` is the stored one on an update. */
export function checkAutoscaler(
  spec: HorizontalPodAutoscalerSpec,
  old: HorizontalPodAutoscalerSpec | undefined,
  errors: FieldErrors,
): void {
  const { minReplicas, maxReplicas, metrics, behavior } = spec;
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`");
  checkTargetReference(spec.scaleTargetRef, "spec.scaleTargetRef", targetRule(spec, old), errors);
  const rule = objectRule(old);
  for (const [index, metric] of (metrics ?? []).entries()) checkMetric(metric, `spec.metrics[${index}]`, rule, errors);
  const wakes = (metrics ?? []).some(({ type }) => type === "Object" || type === "External");
  if (minReplicas === 0 && !wakes)
    errors.forbidden(
      "spec.metrics",
      "must specify at least one Object or External metric to support scaling to zero replicas",
    );
  if (behavior?.scaleUp !== undefined) checkRules(behavior.scaleUp, "spec.behavior.scaleUp", errors);
  if (behavior?.scaleDown !== undefined) checkRules(behavior.scaleDown, "spec.behavior.scaleDown", errors);
  checkDeclared(spec, errors);
}

/** Upstream's `ValidateHorizontalPodAutoscalerStatusUpdate`. */
export function checkAutoscalerStatus(status: HorizontalPodAutoscalerStatus, errors: FieldErrors): void {
  for (const field of ["currentReplicas", "desiredReplicas"] as const)
    checkNonnegative(status[field] ?? 0, `status.${field}`, errors);
}
