import type { AuthorizationDecision, Authorizer, UserRules } from "@quarterdeck/sdk";

const ALLOW: AuthorizationDecision = { decision: "allow" };
const EVERYTHING: UserRules = {
  resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], resourceNames: [] }],
  nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
  incomplete: false,
};

/** Allows everything to everybody; upstream's mode `AlwaysAllow`. For tests and for machines nobody else reaches. */
export class AlwaysAllow implements Authorizer {
  authorize(): AuthorizationDecision {
    return ALLOW;
  }

  rulesFor(): UserRules {
    return EVERYTHING;
  }
}
