import type { FieldErrors } from "@quarterdeck/meta";
import { checkAnnotations, checkLabels } from "../../checks/check-labels.js";
import type * as core from "../../types/core-v1.js";
import { checkPodAnnotations } from "./check-pod-annotations.js";
import { checkPodSpec } from "./check-pod-spec.js";
import { checkProfileAnnotations } from "./check-profile-annotations.js";
import { podAllowances } from "./pod-allowances.js";

/** How a template is checked. */
export interface PodTemplateOptions {
  /** The template that is stored: what was let through once stays allowed. */
  readonly old?: core.PodTemplateSpec | undefined;
}

/** What is wrong with the template of pods in another object; upstream's `ValidatePodTemplateSpec`. */
export function checkPodTemplate(
  template: core.PodTemplateSpec,
  path: string,
  errors: FieldErrors,
  { old }: PodTemplateOptions = {},
): void {
  const { metadata, spec } = template;
  const annotations = metadata.annotations ?? {};
  const allow = podAllowances(old);
  checkLabels(metadata.labels, `${path}.labels`, errors);
  checkAnnotations(annotations, `${path}.annotations`, errors);
  checkPodAnnotations(annotations, spec, `${path}.annotations`, errors, allow);
  checkPodSpec(spec, `${path}.spec`, errors, { allow });
  checkProfileAnnotations(spec, annotations, `${path}.spec`, errors);
  if ((spec.ephemeralContainers ?? []).length > 0)
    errors.forbidden(`${path}.spec.ephemeralContainers`, "ephemeral containers not allowed in pod template");
}
