import type { AuthenticationRequest } from "@quarterdeck/sdk";

/** A token that somebody asks about, as authenticators see it: a request with nothing but an Authorization header. */
export class TokenCredentials implements AuthenticationRequest {
  readonly socket = undefined;
  readonly path = "";

  readonly audiences?: readonly string[];

  constructor(
    private readonly token: string,
    audiences: readonly string[] | undefined,
  ) {
    if (audiences !== undefined) this.audiences = audiences;
  }

  header(name: string): string | undefined {
    return name === "authorization" ? `Bearer ${this.token}` : undefined;
  }
}
