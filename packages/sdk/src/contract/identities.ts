import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { Authenticated } from "./authenticator.js";

/** The authenticators of the config, for whoever has a token to look at. A {@link Services} service. */
export abstract class Identities {
  static readonly [INJECTION_TOKEN]: string = "identities";
  /**
   * Who a bearer token belongs to, undefined when nobody knows it; rejects when one knows it to be bad. `audiences` as in
   * `AuthenticationRequest.audiences`.
   */
  abstract authenticateToken(token: string, audiences?: readonly string[]): Promise<Authenticated | undefined>;
}
