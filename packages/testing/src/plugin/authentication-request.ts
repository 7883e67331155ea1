import type { TLSSocket } from "node:tls";
import type { AuthenticationRequest } from "@quarterdeck/sdk";

/** What a request for a test carries. */
export interface SampleRequest {
  /** By name in lower case. */
  readonly headers?: { readonly [name: string]: string };
  readonly path?: string;
  readonly socket?: TLSSocket | undefined;
}

/** An authentication request for a test. */
export function authenticationRequest({
  headers = {},
  path = "/api",
  socket,
}: SampleRequest = {}): AuthenticationRequest {
  return {
    header: (name) => (Object.hasOwn(headers, name.toLowerCase()) ? headers[name.toLowerCase()] : undefined),
    path,
    socket,
  };
}
