import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as admissionregistration from "../types/admissionregistration-v1.js";
import { ADMISSION_OPTIONS } from "./admission-options.js";
import { checkMutableOperations } from "./check-mutating-policy.js";
import { checkBinding, checkPolicyNamed } from "./check-policy.js";
import { defaultMatch } from "./default-admission.js";
import { PARAM_REF_COLUMN, POLICY_NAME_COLUMN } from "./policy-columns.js";
import { checkStaticName } from "./static-name.js";

/** Puts a mutating policy in force, with parameters. */
@Native({ ...ADMISSION_OPTIONS, version: "v1", kind: "MutatingAdmissionPolicyBinding", storage: true })
@Column(POLICY_NAME_COLUMN)
@Column(PARAM_REF_COLUMN)
@Column(AGE_COLUMN)
export class MutatingAdmissionPolicyBinding extends ApiObject {
  override spec!: admissionregistration.MutatingAdmissionPolicyBinding["spec"];

  override default(): void {
    if (this.spec.matchResources !== undefined) defaultMatch(this.spec.matchResources);
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    checkPolicyNamed(this.spec, errors);
    checkBinding(this.spec, errors);
    checkMutableOperations(this.spec.matchResources, "spec.matchResources", errors);
    checkStaticName(this.metadata.name ?? "", errors, context);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta1", deprecatedIn: "1.37", removedIn: "1.40", replacedBy: "v1" })
export class MutatingAdmissionPolicyBindingV1beta1 extends MutatingAdmissionPolicyBinding {}

/** Served when the config says so; parameters that there are not refuse the request unless it says otherwise. */
@OlderVersion({ version: "v1alpha1", deprecatedIn: "1.35", removedIn: "1.38" })
export class MutatingAdmissionPolicyBindingV1alpha1 extends MutatingAdmissionPolicyBinding {
  override default(): void {
    super.default();
    if (this.spec.paramRef !== undefined) this.spec.paramRef.parameterNotFoundAction ??= "Deny";
  }
}
