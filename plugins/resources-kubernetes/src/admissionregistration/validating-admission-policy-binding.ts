import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as admissionregistration from "../types/admissionregistration-v1.js";
import { ADMISSION_OPTIONS } from "./admission-options.js";
import { checkBinding, checkPolicyNamed } from "./check-policy.js";
import { checkValidationActions } from "./check-validating-policy.js";
import { defaultMatch } from "./default-admission.js";
import { PARAM_REF_COLUMN, POLICY_NAME_COLUMN } from "./policy-columns.js";
import { checkStaticName } from "./static-name.js";

/** Puts a validating policy in force, with parameters. */
@Native({ ...ADMISSION_OPTIONS, version: "v1", kind: "ValidatingAdmissionPolicyBinding" })
@Column(POLICY_NAME_COLUMN)
@Column(PARAM_REF_COLUMN)
@Column(AGE_COLUMN)
export class ValidatingAdmissionPolicyBinding extends ApiObject {
  override spec!: admissionregistration.ValidatingAdmissionPolicyBinding["spec"];

  override default(): void {
    if (this.spec.matchResources !== undefined) defaultMatch(this.spec.matchResources);
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    checkBinding(this.spec, errors);
    const actions = this.spec.validationActions ?? [];
    checkValidationActions(actions, errors);
    // what upstream's types declare is told of after all else
    checkPolicyNamed(this.spec, errors);
    if (actions.length === 0) errors.required("spec.validationActions");
    checkStaticName(this.metadata.name ?? "", errors, context);
  }
}
