import type { ObjectMeta } from "@quarterdeck/meta";
import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** The object that a token lives and dies with; `uid` is checked when it is given. */
export interface BoundObject {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly name?: string;
  readonly uid?: string;
}

/** What a token is asked for. */
export interface TokenOrder {
  /** The metadata of the ServiceAccount that the token speaks for. */
  readonly serviceAccount: ObjectMeta;
  /** Who shall accept it; the server itself when the list is empty. */
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  readonly boundObject?: BoundObject | undefined;
  /** Told in a `Warning` header, such as that the time was shortened. */
  warn(text: string): void;
}

/** A signed token and what it says. */
export interface IssuedToken {
  /** What audit events call it by: `JTI=…`. */
  readonly credentialId: string;
  readonly token: string;
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  /** RFC 3339, whole seconds. */
  readonly expirationTimestamp: string;
}

/**
 * Makes the tokens of service accounts. The authenticator `service-account` provides it through {@link Services}, and the
 * subresource `serviceaccounts/token` asks for it.
 */
export abstract class TokenIssuer {
  static readonly [INJECTION_TOKEN]: string = "token-issuer";
  /**
   * 404 NotFound when the bound object is not there, 409 Conflict when it has another uid, 400 BadRequest when a token
   * cannot be bound to it.
   */
  abstract issue(order: TokenOrder): Promise<IssuedToken>;
}
