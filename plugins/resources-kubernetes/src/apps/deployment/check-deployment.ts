import type { FieldErrors } from "@quarterdeck/meta";
import { checkAvailable, checkCollisions, checkCounts, checkWithinReplicas } from "../../checks/check-counts.js";
import { checkAtMostWhole, checkIntOrPercent, intOrPercentValue } from "../../checks/check-int-or-percent.js";
import { checkNonnegative } from "../../checks/check-number.js";
import { checkSelectedTemplate } from "../../checks/check-selected-template.js";
import { checkPodSelector, isSelector } from "../../checks/check-selector.js";
import type * as apps from "../../types/apps-v1.js";

const COUNTS = [
  "observedGeneration",
  "replicas",
  "updatedReplicas",
  "readyReplicas",
  "availableReplicas",
  "unavailableReplicas",
  "terminatingReplicas",
  "collisionCount",
] as const;
const STRATEGIES = ["Recreate", "RollingUpdate"];

function checkRollingUpdate(update: apps.RollingUpdateDeployment, path: string, errors: FieldErrors): void {
  const { maxUnavailable = 0, maxSurge = 0 } = update;
  checkIntOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
  checkIntOrPercent(maxSurge, `${path}.maxSurge`, errors);
  if (intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0)
    errors.invalid(`${path}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0");
  checkAtMostWhole(maxUnavailable, `${path}.maxUnavailable`, errors);
}

function checkStrategy({ type = "", rollingUpdate }: apps.DeploymentStrategy, path: string, errors: FieldErrors): void {
  if (type === "Recreate") {
    if (rollingUpdate !== undefined)
      errors.forbidden(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'");
  } else if (type === "RollingUpdate") {
    if (rollingUpdate === undefined)
      errors.required(`${path}.rollingUpdate`, "this should be defaulted and never be nil");
    else checkRollingUpdate(rollingUpdate, `${path}.rollingUpdate`, errors);
  } else {
    const { maxUnavailable: MaxUnavailable = 0, maxSurge: MaxSurge = 0 } = rollingUpdate ?? {};
    const RollingUpdate = rollingUpdate === undefined ? null : { MaxUnavailable, MaxSurge };
    errors.notSupported(path, { Type: type, RollingUpdate }, STRATEGIES);
  }
}

/** What is wrong with the spec of a Deployment; `old` is the stored one. Upstream's `ValidateDeploymentSpec`. */
export function checkDeploymentSpec(
  spec: apps.DeploymentSpec,
  errors: FieldErrors,
  old?: apps.DeploymentSpec | undefined,
): void {
  const { template, minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  const selector = spec.selector ?? undefined;
  checkNonnegative(spec.replicas ?? 0, "spec.replicas", errors);
  checkPodSelector(selector, "deployment", "spec.selector", errors);
  if (isSelector(selector)) {
    const place = { path: "spec.template", kind: "ReplicaSet", old: old?.template };
    checkSelectedTemplate(template, selector, place, errors);
  } else errors.invalid("spec.selector", selector, "invalid label selector");
  checkStrategy(spec.strategy, "spec.strategy", errors);
  checkNonnegative(minReadySeconds, "spec.minReadySeconds", errors);
  checkNonnegative(spec.revisionHistoryLimit ?? 0, "spec.revisionHistoryLimit", errors);
  if (deadline === undefined) return;
  checkNonnegative(deadline, "spec.progressDeadlineSeconds", errors);
  if (deadline <= minReadySeconds)
    errors.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
}

/** What is wrong with a new status of a Deployment; upstream's `ValidateDeploymentStatusUpdate`. */
export function checkDeploymentStatus(
  status: apps.DeploymentStatus,
  old: apps.DeploymentStatus,
  errors: FieldErrors,
): void {
  checkCounts(status, COUNTS, "status", errors);
  checkWithinReplicas(status, ["updatedReplicas", "readyReplicas", "availableReplicas"], "status", errors);
  checkAvailable(status, "readyReplicas", "status", errors);
  checkCollisions(status, old, "status", errors);
}
