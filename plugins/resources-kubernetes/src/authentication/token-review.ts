import { StatusError } from "@quarterdeck/meta";
import {
  ApiObject,
  type Authenticated,
  Field,
  type HookContext,
  Identities,
  Message,
  Resource,
} from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { TokenReviewSpec } from "./token-review-spec.js";
import { TokenReviewStatus } from "./token-review-status.js";
import { userInfoOf } from "./user-info.js";

/** What upstream says of a token that nobody knows. */
const UNKNOWN = "invalid bearer token";

/** Asks whose a token is; all authenticators of the server are asked but those for callers without credentials. */
@Message(() => nativeMessage("authentication/v1.TokenReview"))
@Resource({
  group: "authentication.k8s.io",
  version: "v1",
  kind: "TokenReview",
  scope: "Cluster",
  stored: false,
  description: "Asks whose a bearer token is.",
})
export class TokenReview extends ApiObject {
  @Field({ proto: 2, required: true, description: "The token in question." })
  override spec!: TokenReviewSpec;

  // No @Status: a review has no status subresource.
  @Field({ proto: 3, description: "Whose the token is." })
  override status?: TokenReviewStatus;

  override async answer({ services }: HookContext): Promise<this> {
    const { token = "", audiences = [] } = this.spec;
    if (token === "") throw StatusError.badRequest("token is required for TokenReview in authentication");
    const identities = services.find(Identities);
    if (identities === undefined) throw StatusError.internal(new TypeError("nobody provides identities"));
    this.status = await identities.authenticateToken(token, audiences.length === 0 ? undefined : audiences).then(
      (found) => (found === undefined ? { error: UNKNOWN } : statusOf(found)),
      (error: unknown) => ({ error: error instanceof Error ? error.message : UNKNOWN }),
    );
    return this;
  }
}

function statusOf({ user, audiences = [] }: Authenticated): TokenReviewStatus {
  return {
    authenticated: true,
    user: userInfoOf(user),
    ...(audiences.length === 0 ? {} : { audiences: [...audiences] }),
  };
}
