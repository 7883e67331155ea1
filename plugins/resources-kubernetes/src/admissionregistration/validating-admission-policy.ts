import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { loadCel } from "../checks/check-cel.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as admissionregistration from "../types/admissionregistration-v1.js";
import { ADMISSION_OPTIONS } from "./admission-options.js";
import { checkValidatingPolicy, checkValidatingPolicyStatus } from "./check-validating-policy.js";
import { defaultMatch } from "./default-admission.js";
import { PARAM_KIND_COLUMN } from "./policy-columns.js";
import { checkStaticName } from "./static-name.js";

/** Expressions that say which requests are refused. */
@Native({
  ...ADMISSION_OPTIONS,
  version: "v1",
  kind: "ValidatingAdmissionPolicy",
  plural: "validatingadmissionpolicies",
  status: true,
  statusMetadata: false,
})
@Column({
  name: "Validations",
  type: "integer",
  description: "How many rules there are",
  value: ({ spec }: KubeObject) => (Object(spec).validations ?? []).length,
})
@Column(PARAM_KIND_COLUMN)
@Column(AGE_COLUMN)
export class ValidatingAdmissionPolicy extends ApiObject {
  override spec!: admissionregistration.ValidatingAdmissionPolicy["spec"];
  override status!: admissionregistration.ValidatingAdmissionPolicy["status"];

  override default(): void {
    this.spec.failurePolicy ??= "Fail";
    if (this.spec.matchConstraints !== undefined) defaultMatch(this.spec.matchConstraints);
  }

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.subresource === "status") return;
    const name = this.metadata.name ?? "";
    if (context.operation === "CREATE") checkValidatingPolicy(name, this.spec, undefined, errors);
    checkStaticName(name, errors, context);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkValidatingPolicyStatus(this.status, errors);
    else checkValidatingPolicy(this.metadata.name ?? "", this.spec, old.spec, errors);
  }
}
