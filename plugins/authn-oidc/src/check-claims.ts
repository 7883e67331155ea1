import type { Claims } from "./claims.js";
import { RejectedTokenError } from "./rejected-token-error.js";

/** How far the issuer's clock may be ahead, in seconds; upstream's, for `nbf` alone. */
const LEEWAY = 60;

function audiencesOf({ aud }: Claims): readonly unknown[] {
  if (typeof aud === "string") return [aud];
  return Array.isArray(aud) ? aud : [];
}

/** Throws unless the token is for one of the audiences and in force. Times are seconds since 1970. */
export function checkClaims(claims: Claims, audiences: readonly string[], now: number): void {
  const named = audiencesOf(claims);
  if (!audiences.some((audience) => named.includes(audience))) {
    throw new RejectedTokenError(`verify token: expected audience in ${JSON.stringify(audiences)}`);
  }
  const { exp, nbf } = claims;
  if (typeof exp !== "number") throw new RejectedTokenError("verify token: the token has no end");
  if (exp < now) throw new RejectedTokenError("verify token: token is expired");
  if (nbf === undefined || nbf === null) return;
  if (typeof nbf !== "number") throw new RejectedTokenError("verify token: nbf is not a number");
  if (nbf > now + LEEWAY)
    throw new RejectedTokenError("verify token: current time is before the nbf (not before) time");
}
