import type { UserInfo } from "@quarterdeck/meta";

/** What is to be allowed or denied; upstream's `authorizer.Attributes`. */
export interface AuthorizationAttributes {
  readonly user: UserInfo;
  readonly verb: string;
  readonly isResourceRequest: boolean;
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  readonly path: string;
  readonly fieldSelector: string;
  readonly labelSelector: string;
}

/** `allow` and `deny` end the question; `no-opinion` asks the next authorizer. Nobody allowing is a denial. */
export interface AuthorizationDecision {
  readonly decision: "allow" | "deny" | "no-opinion";
  /** Shown to the user after "forbidden: …". */
  readonly reason?: string;
}

/** What a user may do to resources; `*` stands for all, an empty `resourceNames` for every name. */
export interface ResourceRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** With subresources as `pods/log` and patterns as `*` and `*\/scale`. */
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

/** What a user may do to paths that are no resources; a path may end in `*`. */
export interface NonResourceRule {
  readonly verbs: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** The rules that hold for a user in a namespace; upstream's `RuleResolver`. */
export interface UserRules {
  readonly resourceRules: readonly ResourceRule[];
  readonly nonResourceRules: readonly NonResourceRule[];
  /** True when more may be allowed than the rules say. */
  readonly incomplete: boolean;
  /** Why they are incomplete. */
  readonly evaluationError?: string;
}

/** An authorizer, contract version 1. A thrown error counts as no opinion and is told in the reason. */
export interface Authorizer {
  authorize(attributes: AuthorizationAttributes): AuthorizationDecision | Promise<AuthorizationDecision>;
  /** For SelfSubjectRulesReview and escalation checks; one that cannot list its rules leaves it out. */
  rulesFor?(user: UserInfo, namespace: string): UserRules | Promise<UserRules>;
}
