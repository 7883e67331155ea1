import type { TLSSocket } from "node:tls";
import { StatusError } from "@quarterdeck/meta";
import type { Authenticated, AuthenticationRequest, Authenticator } from "@quarterdeck/sdk";
import { certificateUser } from "./certificate-user.js";

/**
 * Authenticates by the client certificate of the TLS connection; upstream's `authentication/request/x509`.
 * A certificate that the client CA has not signed is an error, never a user and never anonymous: its subject is
 * readable all the same, and anybody can write one.
 */
export class ClientCertificate implements Authenticator {
  /** A connection's certificate cannot change, so it is looked at once. */
  readonly #known = new WeakMap<TLSSocket, Authenticated | "none" | "refused">();

  authenticate(request: AuthenticationRequest): Authenticated | undefined {
    const { socket } = request;
    if (socket === undefined) return undefined;
    let found = this.#known.get(socket);
    if (found === undefined) {
      found = this.#inspect(socket);
      this.#known.set(socket, found);
    }
    if (found === "refused") throw StatusError.unauthorized();
    return found === "none" ? undefined : found;
  }

  #inspect(socket: TLSSocket): Authenticated | "none" | "refused" {
    const certificate = socket.getPeerCertificate();
    // Node answers an empty object when the client sent no certificate.
    if (certificate === null || certificate.subject === undefined) return "none";
    if (!socket.authorized) return "refused";
    const user = certificateUser(certificate);
    return user === undefined ? "none" : { user };
  }
}
