import { StatusError } from "@quarterdeck/meta";
import { ApiObject, Field, type HookContext, Message, Resource, type UserRules } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { accessOf } from "./ask-access.js";
import { SelfSubjectRulesReviewSpec } from "./self-subject-rules-review-spec.js";
import { SubjectRulesReviewStatus } from "./subject-rules-review-status.js";

/** Lists what the caller may do in a namespace: `kubectl auth can-i --list`. For people, not for decisions. */
@Message(() => nativeMessage("authorization/v1.SelfSubjectRulesReview"))
@Resource({
  group: "authorization.k8s.io",
  version: "v1",
  kind: "SelfSubjectRulesReview",
  scope: "Cluster",
  stored: false,
  description: "Lists what the caller may do in a namespace.",
})
export class SelfSubjectRulesReview extends ApiObject {
  @Field({ proto: 2, required: true, description: "Where." })
  override spec!: SelfSubjectRulesReviewSpec;

  @Field({ proto: 3, description: "What the authorizers list." })
  override status?: SubjectRulesReviewStatus;

  override async answer({ services, user }: HookContext): Promise<this> {
    const { namespace = "" } = this.spec;
    if (namespace === "") throw StatusError.badRequest("no namespace on request");
    this.status = statusOf(await accessOf(services).rulesFor(user, namespace));
    return this;
  }
}

function statusOf(rules: UserRules): SubjectRulesReviewStatus {
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
