import { ApiObject, type HookContext } from "@quarterdeck/sdk";
import { now } from "../core/now.js";
import { Native } from "../native.js";
import type * as authentication from "../types/authentication-v1.js";
import { userInfoOf } from "./user-info.js";

/** Tells callers who they are to the server: `kubectl auth whoami`. */
@Native({
  group: "authentication.k8s.io",
  version: "v1",
  kind: "SelfSubjectReview",
  scope: "Cluster",
  stored: false,
})
export class SelfSubjectReview extends ApiObject {
  override status!: authentication.SelfSubjectReview["status"];

  override answer({ user }: HookContext): this {
    // the answer is a new object, whatever the caller called the question
    this.metadata = { creationTimestamp: now() };
    this.status = { userInfo: userInfoOf(user) };
    return this;
  }
}
