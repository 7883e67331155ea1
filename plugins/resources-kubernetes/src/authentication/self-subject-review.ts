import { ApiObject, Field, type HookContext, Message, Resource } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { SelfSubjectReviewStatus } from "./self-subject-review-status.js";
import { userInfoOf } from "./user-info.js";

/** Tells callers who they are to the server: `kubectl auth whoami`. */
@Message(() => nativeMessage("authentication/v1.SelfSubjectReview"))
@Resource({
  group: "authentication.k8s.io",
  version: "v1",
  kind: "SelfSubjectReview",
  scope: "Cluster",
  stored: false,
  description: "Tells callers who they are to the server.",
})
export class SelfSubjectReview extends ApiObject {
  @Field({ proto: 2, description: "Who the caller is." })
  override status?: SelfSubjectReviewStatus;

  override answer({ user }: HookContext): this {
    this.status = { userInfo: userInfoOf(user) };
    return this;
  }
}
