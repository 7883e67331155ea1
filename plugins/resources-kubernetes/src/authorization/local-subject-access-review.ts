import { type FieldErrors, StatusError } from "@quarterdeck/meta";
import { ApiObject, type HookContext } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as authorization from "../types/authorization-v1.js";
import { askAccess } from "./ask-access.js";
import { checkBareMetadata, checkSubject } from "./check-question.js";
import { subjectOf } from "./subject.js";

/** Asks whether somebody may do something in one namespace; whoever may make it there need not be trusted elsewhere. */
@Native({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "LocalSubjectAccessReview",
  stored: false,
})
export class LocalSubjectAccessReview extends ApiObject {
  override spec!: authorization.LocalSubjectAccessReview["spec"];
  override status!: authorization.LocalSubjectAccessReview["status"];

  override validate(errors: FieldErrors): void {
    checkSubject(this.spec, errors);
    checkBareMetadata(this.metadata, ["namespace"], errors);
    const { resourceAttributes, nonResourceAttributes } = this.spec;
    const { namespace = "" } = this.metadata;
    if (resourceAttributes !== undefined && (resourceAttributes.namespace ?? "") !== namespace) {
      const why = "must match metadata.namespace";
      errors.invalid("spec.resourceAttributes.namespace", resourceAttributes.namespace ?? "", why);
    }
    if (nonResourceAttributes !== undefined) {
      errors.invalid("spec.nonResourceAttributes", nonResourceAttributes, "disallowed on this kind of request");
    }
  }

  override async answer({ services }: HookContext): Promise<this> {
    const { namespace = "" } = this.metadata;
    if (namespace === "") throw StatusError.badRequest("namespace is required on this type: ");
    this.status = await askAccess(services, subjectOf(this.spec), this.spec);
    return this;
  }
}
