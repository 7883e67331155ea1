import type { UserInfo } from "@quarterdeck/meta";
import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { AuthorizationAttributes, UserRules } from "./authorizer.js";

/** What all authorizers together say. */
export interface AccessVerdict {
  readonly allowed: boolean;
  /** True when an authorizer said no, rather than nobody yes. */
  readonly denied: boolean;
  readonly reason: string;
  /** What authorizers threw on the way. */
  readonly evaluationError?: string;
}

/** The authorizers of the config, for whoever has to ask about more than the request itself. A {@link Services} service. */
export abstract class Access {
  static readonly [INJECTION_TOKEN]: string = "access";
  abstract authorize(attributes: AuthorizationAttributes): AccessVerdict | Promise<AccessVerdict>;
  /** The rules of all authorizers that can list theirs. */
  abstract rulesFor(user: UserInfo, namespace: string): UserRules | Promise<UserRules>;
}
