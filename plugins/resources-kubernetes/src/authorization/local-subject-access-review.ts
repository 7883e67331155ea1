import { type FieldErrors, StatusError } from "@quarterdeck/meta";
import { ApiObject, type HookContext } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as authorization from "../types/authorization-v1.js";
import { askAccess } from "./ask-access.js";
import { checkBareMetadata, checkSubject, refuseFaults } from "./check-question.js";
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

  override async answer({ services }: HookContext): Promise<this> {
    refuseFaults((errors) => checkLocal(this, errors));
    const { namespace = "" } = this.metadata;
    if (namespace === "") throw StatusError.badRequest("namespace is required on this type: ");
    this.status = await askAccess(services, subjectOf(this.spec), this.spec);
    return this;
  }
}

/** What may be asked about one namespace. */
function checkLocal({ metadata, spec }: LocalSubjectAccessReview, errors: FieldErrors): void {
  checkSubject(spec, errors);
  checkBareMetadata(metadata, ["namespace"], errors);
  const { resourceAttributes, nonResourceAttributes } = spec;
  const { namespace = "" } = metadata;
  if (resourceAttributes !== undefined && (resourceAttributes.namespace ?? "") !== namespace) {
    const why = "must match metadata.namespace";
    errors.invalid("spec.resourceAttributes.namespace", resourceAttributes.namespace ?? "", why);
  }
  if (nonResourceAttributes !== undefined) {
    errors.invalid("spec.nonResourceAttributes", nonResourceAttributes, "disallowed on this kind of request");
  }
}
