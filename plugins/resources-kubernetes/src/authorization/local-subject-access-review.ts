import { type FieldErrors, StatusError } from "@quarterdeck/meta";
import { ApiObject, Field, type HookContext, Message, Resource } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { askAccess } from "./ask-access.js";
import { checkBareMetadata, checkSubject } from "./check-question.js";
import { subjectOf } from "./subject.js";
import { SubjectAccessReviewSpec } from "./subject-access-review-spec.js";
import { SubjectAccessReviewStatus } from "./subject-access-review-status.js";

/** Asks whether somebody may do something in one namespace; whoever may make it there need not be trusted elsewhere. */
@Message(() => nativeMessage("authorization/v1.LocalSubjectAccessReview"))
@Resource({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "LocalSubjectAccessReview",
  stored: false,
  description: "Asks whether a user or group may do something in a namespace.",
})
export class LocalSubjectAccessReview extends ApiObject {
  @Field({ proto: 2, required: true, description: "Who would do what." })
  override spec!: SubjectAccessReviewSpec;

  @Field({ proto: 3, description: "What the authorizers say." })
  override status?: SubjectAccessReviewStatus;

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
