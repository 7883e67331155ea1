import { ApiObject, type HookContext } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as authorization from "../types/authorization-v1.js";
import { askAccess } from "./ask-access.js";
import { checkBareMetadata, checkQuestion, refuseFaults } from "./check-question.js";

/** Asks whether the caller may do something: `kubectl auth can-i`. */
@Native({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "SelfSubjectAccessReview",
  scope: "Cluster",
  stored: false,
})
export class SelfSubjectAccessReview extends ApiObject {
  override spec!: authorization.SelfSubjectAccessReview["spec"];
  override status!: authorization.SelfSubjectAccessReview["status"];

  override async answer({ services, user }: HookContext): Promise<this> {
    refuseFaults((errors) => {
      checkQuestion(this.spec, errors);
      checkBareMetadata(this.metadata, [], errors);
    });
    this.status = await askAccess(services, user, this.spec);
    return this;
  }
}
