import type { TLSSocket } from "node:tls";
import type { UserInfo } from "@quarterdeck/meta";

/** What an authenticator may look at. */
export interface AuthenticationRequest {
  /** A request header in lower case; undefined when absent. */
  header(name: string): string | undefined;
  /** The TLS connection; the same object for all requests of a connection, so results may be kept on it. */
  readonly socket: TLSSocket | undefined;
  readonly path: string;
}

/** A user, and the audiences the credential was good for if it says so. */
export interface Authenticated {
  readonly user: UserInfo;
}

/**
 * An authenticator, contract version 1: a user, undefined for "no opinion" (the next one is asked), or a thrown
 * error for "this credential is mine and it is bad" (401; later ones, anonymous among them, are not asked).
 */
export interface Authenticator {
  authenticate(request: AuthenticationRequest): Authenticated | undefined | Promise<Authenticated | undefined>;
}
