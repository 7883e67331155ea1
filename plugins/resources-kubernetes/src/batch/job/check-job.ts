import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkImmutable } from "../../checks/check-immutable.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkTemplateLabels } from "../../checks/check-selected-template.js";
import { isSelector } from "../../checks/check-selector.js";
import { sameJson } from "../../checks/same-json.js";
import type * as batch from "../../types/batch-v1.js";
import { checkJobSpec } from "./check-job-spec.js";
import { checkTemplateUpdate } from "./check-template-update.js";
import { checkGeneratedLabels } from "./generated-labels.js";
import type { JobParts } from "./job-parts.js";
import { toldFailurePolicy, toldSuccessPolicy } from "./told-policies.js";

function checkSpec(spec: batch.JobSpec, errors: FieldErrors, old?: batch.JobSpec | undefined): void {
  const { selector, template } = spec;
  checkJobSpec(spec, "spec", errors, old);
  if (selector === undefined) errors.required("spec.selector");
  else checkLabelSelector(selector, "spec.selector", errors);
  if (isSelector(selector)) checkTemplateLabels(selector, template, "spec.template", errors);
}

/** The pods of an indexed job are called after it and their index. */
function checkName({ metadata: { name = "" }, spec }: JobParts, errors: FieldErrors): void {
  const { completionMode, completions = 0 } = spec;
  if (completionMode !== "Indexed" || completions <= 0) return;
  const last = `${name}-${completions - 1}`;
  if (dns1123LabelErrors(last).length > 0)
    errors.invalid("metadata.name", name, `will not able to create pod with invalid DNS label: ${last}`);
}

function checkCompletions(spec: batch.JobSpec, old: batch.JobSpec, errors: FieldErrors): void {
  const { completions } = spec;
  if (spec.completionMode !== "Indexed") checkImmutable(completions, old.completions, "spec.completions", errors);
  else if (completions !== undefined && completions !== old.completions && completions !== spec.parallelism)
    errors.invalid("spec.completions", completions, "can only be modified in tandem with spec.parallelism");
}

function checkFixed(value: unknown, old: unknown, told: unknown, path: string, errors: FieldErrors): void {
  if (!sameJson(value, old)) errors.invalid(path, told, "field is immutable");
}

/** What is wrong with a new job; upstream's `ValidateJobCreate`. */
export function checkNewJob(job: JobParts, errors: FieldErrors): void {
  checkGeneratedLabels(job, errors);
  checkSpec(job.spec, errors);
  checkName(job, errors);
}

/** What is wrong with a change of a job; upstream's `ValidateJobUpdate`. */
export function checkJobUpdate(job: JobParts, old: JobParts, errors: FieldErrors): void {
  const { spec } = job;
  checkSpec(spec, errors, old.spec);
  checkCompletions(spec, old.spec, errors);
  checkImmutable(spec.selector, old.spec.selector, "spec.selector", errors);
  checkTemplateUpdate(spec, old, errors);
  checkImmutable(spec.completionMode, old.spec.completionMode, "spec.completionMode", errors);
  const failure = toldFailurePolicy(spec.podFailurePolicy);
  checkFixed(spec.podFailurePolicy, old.spec.podFailurePolicy, failure, "spec.podFailurePolicy", errors);
  checkImmutable(spec.backoffLimitPerIndex, old.spec.backoffLimitPerIndex, "spec.backoffLimitPerIndex", errors);
  checkImmutable(spec.managedBy, old.spec.managedBy, "spec.managedBy", errors);
  const success = toldSuccessPolicy(spec.successPolicy);
  checkFixed(spec.successPolicy, old.spec.successPolicy, success, "spec.successPolicy", errors);
  checkName(job, errors);
}
