import { ApiObject, type HookContext } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as authorization from "../types/authorization-v1.js";
import { askAccess } from "./ask-access.js";
import { checkBareMetadata, checkSubject, refuseFaults } from "./check-question.js";
import { subjectOf } from "./subject.js";

/** Asks whether somebody may do something. */
@Native({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "SubjectAccessReview",
  scope: "Cluster",
  stored: false,
})
export class SubjectAccessReview extends ApiObject {
  override spec!: authorization.SubjectAccessReview["spec"];
  override status!: authorization.SubjectAccessReview["status"];

  override async answer({ services }: HookContext): Promise<this> {
    refuseFaults((errors) => {
      checkSubject(this.spec, errors);
      checkBareMetadata(this.metadata, [], errors);
    });
    this.status = await askAccess(services, subjectOf(this.spec), this.spec);
    return this;
  }
}
