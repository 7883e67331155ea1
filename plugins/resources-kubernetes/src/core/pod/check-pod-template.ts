import type { FieldErrors } from "@quarterdeck/meta";
import { checkAnnotations, checkLabels } from "../../checks/check-labels.js";
import type * as core from "../../types/core-v1.js";
import { checkPodSpec } from "./check-pod-spec.js";

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
  _options: PodTemplateOptions = {},
): void {
  const { metadata, spec } = template;
  checkLabels(metadata.labels, `${path}.labels`, errors);
  checkAnnotations(metadata.annotations, `${path}.annotations`, errors);
  checkPodSpec(spec, `${path}.spec`, errors);
  if ((spec.ephemeralContainers ?? []).length > 0)
    errors.forbidden(`${path}.spec.ephemeralContainers`, "ephemeral containers not allowed in pod template");
}
