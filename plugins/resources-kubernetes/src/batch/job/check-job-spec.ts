import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkDomainPath } from "../../checks/check-host.js";
import { checkNonnegative } from "../../checks/check-number.js";
import { checkPodTemplate } from "../../core/pod/check-pod-template.js";
import type * as batch from "../../types/batch-v1.js";
import { checkFailurePolicy } from "./check-failure-policy.js";
import { checkIndexing } from "./check-indexing.js";
import { checkSuccessPolicy } from "./check-success-policy.js";
import { toldSuccessPolicy } from "./told-policies.js";

const MANAGED_BY_MAX = 63;
const COUNTS = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
] as const;

function checkRestartPolicy({ template, podFailurePolicy }: batch.JobSpec, path: string, errors: FieldErrors): void {
  const { restartPolicy: policy = "" } = template.spec;
  if (policy === "" || policy === "Always") errors.required(path, 'valid values: "OnFailure", "Never"');
  else if (policy !== "OnFailure" && policy !== "Never") errors.notSupported(path, policy, ["OnFailure", "Never"]);
  else if (podFailurePolicy !== undefined && policy !== "Never")
    errors.invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified');
}

function checkPolicies(spec: batch.JobSpec, path: string, errors: FieldErrors): void {
  const { podFailurePolicy, successPolicy, podReplacementPolicy: replacement } = spec;
  if (podFailurePolicy !== undefined) checkFailurePolicy(spec, podFailurePolicy, `${path}.podFailurePolicy`, errors);
  if (successPolicy !== undefined) {
    if (spec.completionMode !== "Indexed")
      errors.invalid(`${path}.successPolicy`, toldSuccessPolicy(successPolicy), "requires indexed completion mode");
    else checkSuccessPolicy(successPolicy, spec.completions ?? 0, `${path}.successPolicy`, errors);
  }
  if (replacement === undefined) return;
  const known = podFailurePolicy === undefined ? ["Failed", "TerminatingOrFailed"] : ["Failed"];
  checkEnum(replacement, known, `${path}.podReplacementPolicy`, errors);
}

/** What is wrong with the spec of a job or of a template of jobs; `old` is the stored one. Upstream's `validateJobSpec`. */
export function checkJobSpec(
  spec: batch.JobSpec,
  path: string,
  errors: FieldErrors,
  old?: batch.JobSpec | undefined,
): void {
  for (const name of COUNTS) checkNonnegative(spec[name] ?? 0, `${path}.${name}`, errors);
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    errors.required(`${path}.backoffLimitPerIndex`, "when maxFailedIndexes is specified");
  if (spec.managedBy !== undefined) {
    checkDomainPath(spec.managedBy, `${path}.managedBy`, errors);
    if (Buffer.byteLength(spec.managedBy) > MANAGED_BY_MAX) errors.tooLong(`${path}.managedBy`, MANAGED_BY_MAX);
  }
  checkIndexing(spec, path, errors);
  checkPolicies(spec, path, errors);
  checkPodTemplate(spec.template, `${path}.template`, errors, { old: old?.template });
  checkRestartPolicy(spec, `${path}.template.spec.restartPolicy`, errors);
}
