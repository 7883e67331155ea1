import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "../../checks/check-number.js";
import { checkSelectedTemplate } from "../../checks/check-selected-template.js";
import type * as core from "../../types/core-v1.js";

/** What is wrong with the spec of a ReplicationController; `old` is the stored one. Upstream's `ValidateReplicationControllerSpec`. */
export function checkReplicationControllerSpec(
  spec: core.ReplicationControllerSpec,
  errors: FieldErrors,
  old?: core.ReplicationControllerSpec | undefined,
): void {
  const { selector = {}, template, replicas } = spec;
  if (Object.keys(selector).length === 0) errors.required("spec.selector");
  const place = { path: "spec.template", kind: "ReplicationController", old: old?.template };
  if (template === undefined) errors.required("spec.template");
  else checkSelectedTemplate(template, { matchLabels: selector }, place, errors);
  // upstream declares these at the type, and tells of what is declared last
  if (replicas === undefined) errors.required("spec.replicas");
  else checkNonnegative(replicas, "spec.replicas", errors);
  checkNonnegative(spec.minReadySeconds ?? 0, "spec.minReadySeconds", errors);
}
