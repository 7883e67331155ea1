import type { AuthorizationDecision, Authorizer } from "@quarterdeck/sdk";

const ALLOW: AuthorizationDecision = { decision: "allow" };

/** Allows everything to everybody; upstream's mode `AlwaysAllow`. For tests and for machines nobody else reaches. */
export class AlwaysAllow implements Authorizer {
  authorize(): AuthorizationDecision {
    return ALLOW;
  }
}
