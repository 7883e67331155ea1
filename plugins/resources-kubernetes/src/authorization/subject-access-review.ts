import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Field, type HookContext, Message, Resource } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { askAccess } from "./ask-access.js";
import { checkBareMetadata, checkSubject } from "./check-question.js";
import { subjectOf } from "./subject.js";
import { SubjectAccessReviewSpec } from "./subject-access-review-spec.js";
import { SubjectAccessReviewStatus } from "./subject-access-review-status.js";

/** Asks whether somebody may do something. */
@Message(() => nativeMessage("authorization/v1.SubjectAccessReview"))
@Resource({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "SubjectAccessReview",
  scope: "Cluster",
  stored: false,
  description: "Asks whether a user or group may do something.",
})
export class SubjectAccessReview extends ApiObject {
  @Field({ proto: 2, required: true, description: "Who would do what." })
  override spec!: SubjectAccessReviewSpec;

  @Field({ proto: 3, description: "What the authorizers say." })
  override status?: SubjectAccessReviewStatus;

  override validate(errors: FieldErrors): void {
    checkSubject(this.spec, errors);
    checkBareMetadata(this.metadata, [], errors);
  }

  override async answer({ services }: HookContext): Promise<this> {
    this.status = await askAccess(services, subjectOf(this.spec), this.spec);
    return this;
  }
}
