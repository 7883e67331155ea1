import type { UserInfo } from "@quarterdeck/meta";
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import { accountUser } from "./account-user.js";
import type { KeyRing } from "./key-ring.js";
import { LEGACY_ISSUER, readClaims, type TokenClaims } from "./token-claims.js";
import { TokenError } from "./token-error.js";

/** How far the clocks of servers may be apart, in seconds; upstream's. */
export const LEEWAY_SECONDS = 60;
/** Longer ones are not ours: the head of a request is shorter, and so is what TokenReview should be asked about. */
const MAX_TOKEN_LENGTH = 32_768;

/** A token whose signature and form are good; whether it is good now and for this server is asked each time. */
export interface VerifiedToken {
  readonly claims: TokenClaims;
  readonly user: UserInfo;
  /** Empty for a token that stands in a secret: it is for this server. */
  readonly audiences: readonly string[];
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Milliseconds since 1970; infinite for a token that stands in a secret. */
  readonly expires: number;
}

/** What is wrong with a token at a time, if anything; upstream's words. */
export function checkTimes({ notBefore, expires }: VerifiedToken, now: number): void {
  if (now > expires + LEEWAY_SECONDS * 1000) throw new TokenError("service account token has expired");
  if (now < notBefore - LEEWAY_SECONDS * 1000) throw new TokenError("service account token is not valid yet");
}

/** Checks the form and the signature of tokens of some issuers. */
export class TokenVerifier {
  readonly #issuers: ReadonlySet<unknown>;

  constructor(
    issuers: readonly string[],
    private readonly keys: KeyRing,
  ) {
    this.#issuers = new Set([...issuers, LEGACY_ISSUER]);
  }

  /** Whether a token says that it is from one of the issuers; nothing of it is trusted yet. */
  claims(token: string): boolean {
    if (token.length > MAX_TOKEN_LENGTH) return false;
    try {
      return this.#issuers.has(decodeJwt(token).iss);
    } catch {
      return false;
    }
  }

  /** Rejects with a {@link TokenError}. */
  async verify(token: string): Promise<VerifiedToken> {
    const payload = await this.#payload(token);
    // The issuer was read before the signature was checked.
    if (!this.#issuers.has(payload.iss)) throw new TokenError("the token's issuer is invalid");
    const claims = readClaims(payload);
    const { exp, nbf = 0, iat = 0, aud = [] } = payload;
    if (exp === undefined && payload.iss !== LEGACY_ISSUER) throw new TokenError("the claim exp is missing");
    return {
      claims,
      user: accountUser(claims),
      audiences: Object.freeze(typeof aud === "string" ? [aud] : [...aud]),
      notBefore: Math.max(nbf, iat) * 1000,
      expires: exp === undefined ? Number.POSITIVE_INFINITY : exp * 1000,
    };
  }

  async #payload(token: string): Promise<JWTPayload> {
    const { kid, alg } = header(token);
    const candidates = this.keys.candidates(kid).filter(({ algorithm }) => algorithm === alg);
    for (const { key, algorithm } of candidates) {
      try {
        // The times are looked at each time a token comes.
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          clockTolerance: Number.MAX_SAFE_INTEGER,
        });
        return payload;
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        if (!(error instanceof errors.JWSSignatureVerificationFailed))
          throw new TokenError(`the token is invalid: ${error.code}`);
      }
    }
    throw new TokenError(candidates.length === 0 ? "invalid signature, no keys found" : "invalid signature");
  }
}

function header(token: string): { kid?: string | undefined; alg?: string | undefined } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenError("the token is invalid: its header cannot be read");
  }
}
