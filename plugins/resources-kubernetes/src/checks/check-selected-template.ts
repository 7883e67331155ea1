import type { FieldErrors } from "@quarterdeck/meta";
import { checkPodTemplate } from "../core/pod/check-pod-template.js";
import type * as core from "../types/core-v1.js";
import type * as meta from "../types/meta-v1.js";
import { isEmptySelector } from "./check-selector.js";
import { matchesLabels } from "./matches-labels.js";

/** Refuses a template whose pods the selector would not choose. */
export function checkTemplateLabels(
  selector: meta.LabelSelector | undefined,
  { metadata: { labels } }: core.PodTemplateSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (!matchesLabels(selector, labels))
    errors.invalid(`${path}.metadata.labels`, labels, "`selector` does not match template `labels`");
}

/** Refuses pods that end: such controllers start them again. `kind` is how upstream calls the kind in the message. */
export function checkAlwaysRuns(spec: core.PodSpec, kind: string, path: string, errors: FieldErrors): void {
  if (spec.restartPolicy !== "Always")
    errors.notSupported(`${path}.spec.restartPolicy`, spec.restartPolicy ?? "", ["Always"]);
  if (spec.activeDeadlineSeconds !== undefined)
    errors.forbidden(`${path}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`);
}

/** Where a template stands, and what it was. */
interface TemplatePlace {
  readonly path: string;
  readonly kind: string;
  readonly old?: core.PodTemplateSpec | undefined;
}

/** The template of pods that run for ever, with the selector that chooses them; upstream's `ValidatePodTemplateSpecForReplicaSet`. */
export function checkSelectedTemplate(
  template: core.PodTemplateSpec,
  selector: meta.LabelSelector | undefined,
  { path, kind, old }: TemplatePlace,
  errors: FieldErrors,
): void {
  if (selector === undefined || !isEmptySelector(selector)) checkTemplateLabels(selector, template, path, errors);
  checkPodTemplate(template, path, errors, { old });
  checkAlwaysRuns(template.spec, kind, path, errors);
}
