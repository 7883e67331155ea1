import type { PeerCertificate, TLSSocket } from "node:tls";
import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** The certificate that a connection presented, and whose word it is. */
export interface PresentedCertificate {
  /** Anybody can write one: believe it as far as the two below go. */
  readonly certificate: PeerCertificate;
  /** It is in force, for clients, and its chain leads to a client CA of the server. */
  readonly client: boolean;
  /** The same with an authority of front proxies. */
  readonly frontProxy: boolean;
}

/**
 * Tells who signed the certificates of connections. That TLS took one for good is not enough to know a user by: the
 * authorities of users and those of front proxies are both trusted there. A {@link Services} service of the server.
 */
export abstract class ClientCertificates {
  static readonly [INJECTION_TOKEN]: string = "client-certificates";
  /**
   * Undefined when the connection presented none. The same object for all requests of a connection, until the certificate
   * expires or the authorities change: conclusions may be kept by it.
   */
  abstract of(socket: TLSSocket): PresentedCertificate | undefined;
}
