import type { AuthorizationDecision, Authorizer, UserRules } from "@quarterdeck/sdk";

const DENY: AuthorizationDecision = { decision: "no-opinion", reason: "Everything is forbidden." };
const NONE: UserRules = { resourceRules: [], nonResourceRules: [], incomplete: false };

/** Allows nothing; upstream's mode `AlwaysDeny`. As upstream it has no opinion, so that another one may still allow. */
export class AlwaysDeny implements Authorizer {
  authorize(): AuthorizationDecision {
    return DENY;
  }

  rulesFor(): UserRules {
    return NONE;
  }
}
