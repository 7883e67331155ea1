import { StatusError } from "@quarterdeck/meta";
import { ApiObject, type HookContext, type UserRules } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as authorization from "../types/authorization-v1.js";
import { accessOf } from "./ask-access.js";

/** Lists what the caller may do in a namespace: `kubectl auth can-i --list`. For people, not for decisions. */
@Native({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "SelfSubjectRulesReview",
  scope: "Cluster",
  stored: false,
})
export class SelfSubjectRulesReview extends ApiObject {
  override spec!: authorization.SelfSubjectRulesReview["spec"];
  override status!: authorization.SelfSubjectRulesReview["status"];

  override async answer({ services, user }: HookContext): Promise<this> {
    const { namespace = "" } = this.spec;
    if (namespace === "") throw StatusError.badRequest("no namespace on request");
    this.status = statusOf(await accessOf(services).rulesFor(user, namespace));
    return this;
  }
}

function statusOf(rules: UserRules): authorization.SubjectRulesReviewStatus {
  const { incomplete, evaluationError } = rules;
  return {
    resourceRules: rules.resourceRules.map(({ verbs, apiGroups, resources, resourceNames }) => ({
      verbs: [...verbs],
      ...(apiGroups.length === 0 ? {} : { apiGroups: [...apiGroups] }),
      ...(resources.length === 0 ? {} : { resources: [...resources] }),
      ...(resourceNames.length === 0 ? {} : { resourceNames: [...resourceNames] }),
    })),
    nonResourceRules: rules.nonResourceRules.map(({ verbs, nonResourceURLs }) => ({
      verbs: [...verbs],
      nonResourceURLs: [...nonResourceURLs],
    })),
    incomplete,
    ...(evaluationError === undefined ? {} : { evaluationError }),
  };
}
