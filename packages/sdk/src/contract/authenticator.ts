import type { TLSSocket } from "node:tls";
import type { UserInfo } from "@quarterdeck/meta";

/** What an authenticator may look at. */
export interface AuthenticationRequest {
  /** A request header in lower case; undefined when absent. */
  header(name: string): string | undefined;
  /**
   * Name, value, name, value as they came, for headers that may be repeated: `header` gives their values as one. Undefined
   * when there is no request but a token.
   */
  readonly rawHeaders?: readonly string[];
  /** The TLS connection; the same object for all requests of a connection, so results may be kept on it. */
  readonly socket: TLSSocket | undefined;
  readonly path: string;
  /**
   * The audiences of which a token must be good for one: those that a TokenReview names. Undefined for a request of the
   * caller's own, which asks for the server's audiences.
   */
  readonly audiences?: readonly string[];
  /** Adds an annotation to the audit event of the request; absent where there is none, as in a TokenReview. */
  annotate?(key: string, value: string): void;
}

/** A user, and the audiences the credential was good for if it says so. */
export interface Authenticated {
  readonly user: UserInfo;
  /** Those of the asked audiences that the credential is good for; absent when it knows none. */
  readonly audiences?: readonly string[];
}

/**
 * An authenticator, contract version 1: a user, undefined for "no opinion", or a thrown error for "this credential is
 * mine and it is bad". The next one is asked after either, but an anonymous one never after an error, as upstream: a
 * caller with a bad credential is refused (401), not taken for nobody.
 */
export interface Authenticator {
  /** True for one that vouches for callers without any credential; see above. */
  readonly anonymous?: boolean;
  authenticate(request: AuthenticationRequest): Authenticated | undefined | Promise<Authenticated | undefined>;
}
