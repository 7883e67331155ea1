import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "../../checks/check-number.js";
import { checkSelectedTemplate } from "../../checks/check-selected-template.js";
import { checkPodSelector, isSelector } from "../../checks/check-selector.js";
import type * as apps from "../../types/apps-v1.js";

/** What is wrong with the spec of a ReplicaSet; `old` is the stored one. Upstream's `ValidateReplicaSetSpec`. */
export function checkReplicaSetSpec(
  spec: apps.ReplicaSetSpec,
  errors: FieldErrors,
  old?: apps.ReplicaSetSpec | undefined,
): void {
  const { template } = spec;
  const selector = spec.selector ?? undefined;
  checkNonnegative(spec.replicas ?? 0, "spec.replicas", errors);
  checkNonnegative(spec.minReadySeconds ?? 0, "spec.minReadySeconds", errors);
  // upstream takes the message of Deployments
  checkPodSelector(selector, "deployment", "spec.selector", errors);
  if (isSelector(selector)) {
    const place = { path: "spec.template", kind: "ReplicaSet", old: old?.template };
    checkSelectedTemplate(template, selector, place, errors);
  } else errors.invalid("spec.selector", selector, "invalid label selector");
}
