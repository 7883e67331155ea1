import type { AuthenticationRequest } from "../contract/authenticator.js";

const BEARER = /^bearer (\S+)(?: |$)/i;

/** The token of `Authorization: Bearer <token>`; undefined when the request brings none, or, as upstream, more than one space before it. */
export function bearerToken(request: AuthenticationRequest): string | undefined {
  return BEARER.exec(request.header("authorization") ?? "")?.[1];
}
