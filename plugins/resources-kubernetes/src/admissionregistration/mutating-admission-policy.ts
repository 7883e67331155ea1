import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { loadCel } from "../checks/check-cel.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as admissionregistration from "../types/admissionregistration-v1.js";
import { ADMISSION_OPTIONS } from "./admission-options.js";
import { checkMutatingPolicy } from "./check-mutating-policy.js";
import { defaultMatch } from "./default-admission.js";
import { PARAM_KIND_COLUMN } from "./policy-columns.js";
import { checkStaticName } from "./static-name.js";

/** Expressions that say how objects are changed before they are stored. */
@Native({
  ...ADMISSION_OPTIONS,
  version: "v1",
  kind: "MutatingAdmissionPolicy",
  plural: "mutatingadmissionpolicies",
  storage: true,
})
@Column({
  name: "Mutations",
  type: "integer",
  description: "How many changes there are",
  value: ({ spec }: KubeObject) => (Object(spec).mutations ?? []).length,
})
@Column(PARAM_KIND_COLUMN)
@Column(AGE_COLUMN)
export class MutatingAdmissionPolicy extends ApiObject {
  override spec!: admissionregistration.MutatingAdmissionPolicy["spec"];

  override default(): void {
    this.spec.failurePolicy ??= "Fail";
    if (this.spec.matchConstraints !== undefined) defaultMatch(this.spec.matchConstraints);
  }

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation === "CREATE") checkMutatingPolicy(this.spec, undefined, errors);
    checkStaticName(this.metadata.name ?? "", errors, context);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkMutatingPolicy(this.spec, old.spec, errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta1", deprecatedIn: "1.37", removedIn: "1.40", replacedBy: "v1" })
export class MutatingAdmissionPolicyV1beta1 extends MutatingAdmissionPolicy {}

/** Served when the config says so. */
@OlderVersion({ version: "v1alpha1", deprecatedIn: "1.35", removedIn: "1.38" })
export class MutatingAdmissionPolicyV1alpha1 extends MutatingAdmissionPolicy {}
