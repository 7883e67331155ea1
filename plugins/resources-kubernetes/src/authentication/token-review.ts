import { StatusError } from "@quarterdeck/meta";
import { ApiObject, type Authenticated, type HookContext, Identities } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as authentication from "../types/authentication-v1.js";
import { userInfoOf } from "./user-info.js";

/** What upstream says of a token that nobody knows. */
const UNKNOWN = "invalid bearer token";

/** Asks whose a token is; all authenticators of the server are asked but those for callers without credentials. */
@Native({
  group: "authentication.k8s.io",
  version: "v1",
  kind: "TokenReview",
  scope: "Cluster",
  stored: false,
})
export class TokenReview extends ApiObject {
  override spec!: authentication.TokenReview["spec"];
  override status!: authentication.TokenReview["status"];

  override async answer({ services }: HookContext): Promise<this> {
    const { token = "", audiences = [] } = this.spec;
    if (token === "") throw StatusError.badRequest("token is required for TokenReview in authentication");
    const identities = services.find(Identities);
    if (identities === undefined) throw StatusError.internal(new TypeError("nobody provides identities"));
    this.status = await identities.authenticateToken(token, audiences.length === 0 ? undefined : audiences).then(
      (found) => (found === undefined ? { user: {}, error: UNKNOWN } : statusOf(found)),
      (error: unknown) => ({ user: {}, error: error instanceof Error ? error.message : UNKNOWN }),
    );
    return this;
  }
}

function statusOf({ user, audiences = [] }: Authenticated): authentication.TokenReviewStatus {
  return {
    authenticated: true,
    user: userInfoOf(user),
    ...(audiences.length === 0 ? {} : { audiences: [...audiences] }),
  };
}
