import { compactVerify, errors, type JWSHeaderParameters } from "jose";
import type { IssuerKeys, KeySet } from "./issuer-keys.js";
import { RejectedTokenError } from "./rejected-token-error.js";

/** Signatures by public keys alone: with these a token cannot be made from what the issuer publishes, nor without a key. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"];

/** Errors that other keys of the issuer may cure. */
function mayBeCured(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
}

async function verifyWith(token: string, keys: KeySet): Promise<Uint8Array> {
  const options = { algorithms: ALGORITHMS };
  try {
    return (await compactVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // Without a kid in the token, any of the keys may be the one.
    let last: unknown = error;
    for await (const key of error) {
      try {
        return (await compactVerify(token, (_header: JWSHeaderParameters) => key, options)).payload;
      } catch (failure) {
        last = failure;
      }
    }
    throw last;
  }
}

/** The payload of a token that the issuer signed; throws a {@link RejectedTokenError}. Keys are asked for again if need be. */
export async function verifySignature(token: string, keys: IssuerKeys): Promise<Uint8Array> {
  const current = await keys.current();
  try {
    return await verifyWith(token, current).catch(async (error: unknown) => {
      if (!mayBeCured(error) || !(await keys.refresh())) throw error;
      return verifyWith(token, await keys.current());
    });
  } catch (error) {
    if (error instanceof errors.JOSEError)
      throw new RejectedTokenError(`verify token: ${error.message}`, { cause: error });
    throw error;
  }
}
