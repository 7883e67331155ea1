import type { FieldErrors } from "@quarterdeck/meta";
import { NativeBody } from "../native.js";
import type * as authentication from "../types/authentication-v1.js";

const DEFAULT_SECONDS = 3600;
const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;

/** The body of `POST …/serviceaccounts/<name>/token`. */
@NativeBody("authentication/v1.TokenRequest")
export class TokenRequest {
  spec!: authentication.TokenRequest["spec"];
  status!: authentication.TokenRequest["status"];
}

/** For how long a token is asked for: an hour when nothing is said; upstream's `SetDefaults_TokenRequestSpec`. */
export function askedSeconds({ spec }: TokenRequest): number {
  return spec.expirationSeconds ?? DEFAULT_SECONDS;
}

/** Upstream's `ValidateTokenRequest`. */
export function checkTokenRequest(request: TokenRequest, errors: FieldErrors): void {
  const expirationSeconds = askedSeconds(request);
  const invalid = (why: string): void => errors.invalid("spec.expirationSeconds", expirationSeconds, why);
  if (expirationSeconds < MIN_SECONDS) invalid("may not specify a duration less than 10 minutes");
  if (expirationSeconds > MAX_SECONDS) invalid("may not specify a duration larger than 2^32 seconds");
}
