import type { FieldErrors } from "@quarterdeck/meta";
import { checkCollisions, checkCounts } from "../../checks/check-counts.js";
import { checkAtMostWhole, checkIntOrPercent, intOrPercentValue } from "../../checks/check-int-or-percent.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkNonnegative } from "../../checks/check-number.js";
import { checkAlwaysRuns, checkTemplateLabels } from "../../checks/check-selected-template.js";
import { isEmptySelector, isSelector } from "../../checks/check-selector.js";
import { checkPodTemplate } from "../../core/pod/check-pod-template.js";
import type * as apps from "../../types/apps-v1.js";

const STRATEGIES = ["RollingUpdate", "OnDelete"];
const COUNTS = [
  "currentNumberScheduled",
  "numberMisscheduled",
  "desiredNumberScheduled",
  "numberReady",
  "observedGeneration",
  "updatedNumberScheduled",
  "numberAvailable",
  "numberUnavailable",
  "collisionCount",
] as const;

function checkRollingUpdate(update: apps.RollingUpdateDaemonSet, path: string, errors: FieldErrors): void {
  const { maxUnavailable = 0, maxSurge = 0 } = update;
  checkIntOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
  checkIntOrPercent(maxSurge, `${path}.maxSurge`, errors);
  checkAtMostWhole(maxUnavailable, `${path}.maxUnavailable`, errors);
  checkAtMostWhole(maxSurge, `${path}.maxSurge`, errors);
  const goesDown = intOrPercentValue(maxUnavailable) !== 0;
  const goesUp = intOrPercentValue(maxSurge) !== 0;
  if (goesDown && goesUp)
    errors.invalid(`${path}.maxSurge`, maxSurge, "may not be set when maxUnavailable is non-zero");
  if (!goesDown && !goesUp) errors.required(`${path}.maxUnavailable`, "cannot be 0 when maxSurge is 0");
}

function checkStrategy(
  { type = "", rollingUpdate }: apps.DaemonSetUpdateStrategy,
  path: string,
  errors: FieldErrors,
): void {
  if (type === "OnDelete") return;
  if (type === "RollingUpdate") {
    if (rollingUpdate === undefined) errors.required(`${path}.rollingUpdate`);
    else checkRollingUpdate(rollingUpdate, `${path}.rollingUpdate`, errors);
  } else {
    const { maxUnavailable: MaxUnavailable = 0, maxSurge: MaxSurge = 0 } = rollingUpdate ?? {};
    const RollingUpdate = rollingUpdate === undefined ? null : { MaxUnavailable, MaxSurge };
    errors.notSupported(path, { Type: type, RollingUpdate }, STRATEGIES);
  }
}

/** What is wrong with the spec of a DaemonSet; `old` is the stored one. Upstream's `ValidateDaemonSetSpec`. */
export function checkDaemonSetSpec(
  spec: apps.DaemonSetSpec,
  errors: FieldErrors,
  old?: apps.DaemonSetSpec | undefined,
): void {
  const { template } = spec;
  const selector = spec.selector ?? undefined;
  if (selector !== undefined) checkLabelSelector(selector, "spec.selector", errors);
  if (isSelector(selector)) checkTemplateLabels(selector, template, "spec.template", errors);
  if (selector !== undefined && isEmptySelector(selector))
    errors.invalid("spec.selector", selector, "empty selector is invalid for daemonset");
  checkPodTemplate(template, "spec.template", errors, { old: old?.template });
  checkAlwaysRuns(template.spec, "DaemonSet", "spec.template", errors);
  checkNonnegative(spec.minReadySeconds ?? 0, "spec.minReadySeconds", errors);
  checkStrategy(spec.updateStrategy, "spec.updateStrategy", errors);
  checkNonnegative(spec.revisionHistoryLimit ?? 0, "spec.revisionHistoryLimit", errors);
}

/** What is wrong with a new status of a DaemonSet; upstream's `ValidateDaemonSetStatusUpdate`. */
export function checkDaemonSetStatus(
  status: apps.DaemonSetStatus,
  old: apps.DaemonSetStatus,
  errors: FieldErrors,
): void {
  checkCounts(status, COUNTS, "status", errors);
  checkCollisions(status, old, "status", errors);
}
