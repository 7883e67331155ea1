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

/** An authorizer, contract version 1. A thrown error counts as no opinion and is told in the reason. */
export interface Authorizer {
  authorize(attributes: AuthorizationAttributes): AuthorizationDecision | Promise<AuthorizationDecision>;
}
