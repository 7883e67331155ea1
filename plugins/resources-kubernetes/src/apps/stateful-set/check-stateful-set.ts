import { dns1123LabelErrors, FieldErrors } from "@quarterdeck/meta";
import { checkAvailable, checkCollisions, checkCounts, checkWithinReplicas } from "../../checks/check-counts.js";
import { checkEnum } from "../../checks/check-enum.js";
import { checkAtMostWhole, checkIntOrPercent, intOrPercentValue } from "../../checks/check-int-or-percent.js";
import { checkAnnotations, checkLabels } from "../../checks/check-labels.js";
import { checkNonnegative } from "../../checks/check-number.js";
import { checkAlwaysRuns, checkTemplateLabels } from "../../checks/check-selected-template.js";
import { checkPodSelector, isEmptySelector, isSelector } from "../../checks/check-selector.js";
import { checkClaimSpec } from "../../core/persistent-volume-claim/check-claim.js";
import { checkPodTemplate } from "../../core/pod/check-pod-template.js";
import type * as apps from "../../types/apps-v1.js";
import type * as core from "../../types/core-v1.js";

const RETENTION = ["Retain", "Delete"];
const COUNTS = [
  "replicas",
  "readyReplicas",
  "currentReplicas",
  "updatedReplicas",
  "availableReplicas",
  "observedGeneration",
  "collisionCount",
] as const;
const PARTS = ["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"] as const;

function checkRollingUpdate(
  { partition = 0, maxUnavailable }: apps.RollingUpdateStatefulSetStrategy,
  path: string,
  errors: FieldErrors,
): void {
  checkNonnegative(partition, `${path}.partition`, errors);
  if (maxUnavailable === undefined) return;
  checkIntOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
  if (intOrPercentValue(maxUnavailable) === 0) errors.invalid(`${path}.maxUnavailable`, maxUnavailable, "cannot be 0");
  checkAtMostWhole(maxUnavailable, `${path}.maxUnavailable`, errors);
}

/** As upstream's types, which have no JSON names, are told of in messages. */
function told({ partition = 0, maxUnavailable }: apps.RollingUpdateStatefulSetStrategy): object {
  return { Partition: partition, MaxUnavailable: maxUnavailable ?? null };
}

function checkStrategy(
  { type = "", rollingUpdate }: apps.StatefulSetUpdateStrategy,
  path: string,
  errors: FieldErrors,
  mayRecreate: boolean,
): void {
  if (type === "") errors.required(path);
  else if (type === "RollingUpdate") {
    if (rollingUpdate !== undefined) checkRollingUpdate(rollingUpdate, `${path}.rollingUpdate`, errors);
  } else if (type === "OnDelete" || (type === "Recreate" && mayRecreate)) {
    if (rollingUpdate !== undefined)
      errors.invalid(`${path}.rollingUpdate`, told(rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'");
  } else {
    const RollingUpdate = rollingUpdate === undefined ? null : told(rollingUpdate);
    const known = mayRecreate
      ? "must be 'RollingUpdate', 'OnDelete', or 'Recreate'"
      : "must be 'RollingUpdate' or 'OnDelete'";
    errors.invalid(path, { Type: type, RollingUpdate }, known);
  }
}

function checkPolicies(spec: apps.StatefulSetSpec, errors: FieldErrors, mayRecreate: boolean): void {
  const { podManagementPolicy: management = "", persistentVolumeClaimRetentionPolicy: retention } = spec;
  if (management === "") errors.required("spec.podManagementPolicy");
  else if (management !== "OrderedReady" && management !== "Parallel")
    errors.invalid("spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
  checkStrategy(spec.updateStrategy, "spec.updateStrategy", errors, mayRecreate);
  if (retention === undefined) return;
  const path = "spec.persistentVolumeClaimRetentionPolicy";
  checkEnum(retention.whenDeleted ?? "", RETENTION, `${path}.whenDeleted`, errors);
  checkEnum(retention.whenScaled ?? "", RETENTION, `${path}.whenScaled`, errors);
}

/** The template as its pods will be: with a volume for each claim, and without names that the controller sets. */
function asMade({ template, volumeClaimTemplates = [] }: apps.StatefulSetSpec): core.PodTemplateSpec {
  const { subdomain: _subdomain, hostname: _hostname, ...spec } = template.spec;
  const claimed = new Map(
    volumeClaimTemplates.map(({ metadata: { name = "" } }) => [
      name,
      { name, persistentVolumeClaim: { claimName: name } },
    ]),
  );
  if (claimed.size === 0) return { ...template, spec };
  const others = (spec.volumes ?? []).filter(({ name }) => !claimed.has(name));
  return { ...template, spec: { ...spec, volumes: [...claimed.values(), ...others] } };
}

function checkTemplate(spec: apps.StatefulSetSpec, errors: FieldErrors, old: apps.StatefulSetSpec | undefined): void {
  const selector = spec.selector ?? undefined;
  const path = "spec.template";
  const template = asMade(spec);
  if (selector === undefined || !isEmptySelector(selector)) checkTemplateLabels(selector, template, path, errors);
  if (old === undefined || isValid(old)) checkPodTemplate(template, path, errors, { old: old?.template });
  else {
    // a template that was let through by an older server stays allowed, but for its labels and annotations
    checkLabels(template.metadata.labels, `${path}.labels`, errors);
    checkAnnotations(template.metadata.annotations, `${path}.annotations`, errors);
  }
}

function isValid(spec: apps.StatefulSetSpec): boolean {
  const errors = new FieldErrors();
  check(spec, errors, undefined, true);
  return errors.empty;
}

function check(
  spec: apps.StatefulSetSpec,
  errors: FieldErrors,
  old: apps.StatefulSetSpec | undefined,
  isStored: boolean,
): void {
  const { serviceName, ordinals } = spec;
  const selector = spec.selector ?? undefined;
  checkPolicies(spec, errors, isStored && (old ?? spec).updateStrategy.type === "Recreate");
  if (!isStored)
    for (const [index, claim] of (spec.volumeClaimTemplates ?? []).entries())
      checkClaimSpec(claim.spec, `spec.volumeClaimTemplates[${index}].spec`, errors);
  checkNonnegative(spec.replicas ?? 0, "spec.replicas", errors);
  checkNonnegative(spec.minReadySeconds ?? 0, "spec.minReadySeconds", errors);
  if (ordinals !== undefined) checkNonnegative(ordinals.start, "spec.ordinals.start", errors);
  if (!isStored)
    for (const problem of serviceName === "" ? [] : dns1123LabelErrors(serviceName))
      errors.invalid("spec.serviceName", serviceName, problem);
  checkPodSelector(selector, "statefulset", "spec.selector", errors);
  if (isSelector(selector)) checkTemplate(spec, errors, old);
  else errors.invalid("spec.selector", selector, "");
  checkAlwaysRuns(spec.template.spec, "StatefulSet", "spec.template", errors);
}

/** What is wrong with the spec of a StatefulSet; `old` is the stored one. Upstream's `ValidateStatefulSetSpec`. */
export function checkStatefulSetSpec(
  spec: apps.StatefulSetSpec,
  errors: FieldErrors,
  old?: apps.StatefulSetSpec | undefined,
): void {
  check(spec, errors, old, old !== undefined);
}

/** What is wrong with a new status of a StatefulSet; upstream's `ValidateStatefulSetStatusUpdate`. */
export function checkStatefulSetStatus(
  status: apps.StatefulSetStatus,
  old: apps.StatefulSetStatus,
  errors: FieldErrors,
): void {
  checkCounts(status, COUNTS, "status", errors);
  checkWithinReplicas(status, PARTS, "status", errors);
  checkAvailable(status, "status.readyReplicas", "status", errors);
  checkCollisions(status, old, "status", errors);
}
