import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Field, type HookContext, Message, Resource } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { askAccess } from "./ask-access.js";
import { checkBareMetadata, checkQuestion } from "./check-question.js";
import { SelfSubjectAccessReviewSpec } from "./self-subject-access-review-spec.js";
import { SubjectAccessReviewStatus } from "./subject-access-review-status.js";

/** Asks whether the caller may do something: `kubectl auth can-i`. */
@Message(() => nativeMessage("authorization/v1.SelfSubjectAccessReview"))
@Resource({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "SelfSubjectAccessReview",
  scope: "Cluster",
  stored: false,
  description: "Asks whether the caller may do something.",
})
export class SelfSubjectAccessReview extends ApiObject {
  @Field({ proto: 2, required: true, description: "What the caller would do." })
  override spec!: SelfSubjectAccessReviewSpec;

  @Field({ proto: 3, description: "What the authorizers say." })
  override status?: SubjectAccessReviewStatus;

  override validate(errors: FieldErrors): void {
    checkQuestion(this.spec, errors);
    checkBareMetadata(this.metadata, [], errors);
  }

  override async answer({ services, user }: HookContext): Promise<this> {
    this.status = await askAccess(services, user, this.spec);
    return this;
  }
}
