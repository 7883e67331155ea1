import type { UserInfo } from "@quarterdeck/meta";
import { checkClaims } from "./check-claims.js";
import { type Claims, parseClaims } from "./claims.js";
import type { CompiledRules } from "./compiled-rules.js";
import type { IssuerKeys } from "./issuer-keys.js";
import type { JwtAuthenticator } from "./jwt-authenticator.js";
import { issuerOf } from "./jwt-parts.js";
import { RejectedTokenError } from "./rejected-token-error.js";
import { userOfClaims } from "./user-of-claims.js";
import { verifySignature } from "./verify-signature.js";

/** A user with the end of the token that says so, in seconds since 1970. */
export interface TokenUser {
  readonly user: UserInfo;
  readonly end: number;
}

/** One issuer whose tokens are taken. */
export class TokenIssuer {
  constructor(
    private readonly authenticator: JwtAuthenticator,
    private readonly rules: CompiledRules,
    readonly keys: IssuerKeys,
    private readonly now: () => number = () => Date.now() / 1000,
  ) {}

  /** The user of a token that names this issuer; `claims` are those that nobody has verified. */
  async userOf(token: string, claims: Claims): Promise<TokenUser> {
    const { audiences, url } = this.authenticator.issuer;
    // What costs nothing to refuse costs neither a signature nor a question to the issuer.
    checkClaims(claims, audiences, this.now());
    const verified = parseClaims(await verifySignature(token, this.keys));
    if (issuerOf(verified) !== url) throw new RejectedTokenError("verify token: the token is of another issuer");
    checkClaims(verified, audiences, this.now());
    const { exp } = verified;
    return { user: userOfClaims(verified, this.authenticator, this.rules), end: typeof exp === "number" ? exp : 0 };
  }
}
