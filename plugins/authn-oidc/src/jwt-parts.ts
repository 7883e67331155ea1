import { type Claims, parseClaims } from "./claims.js";

/** Google's tokens name their issuer without the scheme. */
const LEGACY_GOOGLE = "accounts.google.com";
/** A header of a request cannot be longer, so a token cannot either. */
const MAX_LENGTH = 65_536;
const COMPACT = /^[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;

/** What a JWT claims before anybody has verified it: good for finding whose it may be, and for nothing else. */
export function unverifiedClaims(token: string): Claims | undefined {
  if (token.length > MAX_LENGTH) return undefined;
  const payload = COMPACT.exec(token)?.[1];
  if (payload === undefined) return undefined;
  try {
    return parseClaims(Buffer.from(payload, "base64url"));
  } catch {
    return undefined;
  }
}

/** The issuer that a token names; undefined when it names none. */
export function issuerOf(claims: Claims): string | undefined {
  const { iss } = claims;
  if (typeof iss !== "string") return undefined;
  return iss === LEGACY_GOOGLE ? `https://${LEGACY_GOOGLE}` : iss;
}
