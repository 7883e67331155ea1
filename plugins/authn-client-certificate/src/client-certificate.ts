import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  ClientCertificates,
  Injectable,
  type PresentedCertificate,
  Services,
} from "@quarterdeck/sdk";
import { certificateUser } from "./certificate-user.js";

/** A certificate that no client CA vouches for now. */
class UntrustedCertificateError extends Error {
  constructor() {
    super("the certificate is not signed by a client CA, or a part of its chain has expired");
    this.name = "UntrustedCertificateError";
  }
}

/**
 * Authenticates by the client certificate of the TLS connection; upstream's `authentication/request/x509`.
 * A certificate that no client CA has signed is an error, never a user and never anonymous: its subject is readable all
 * the same, and anybody can write one. That of a front proxy is such a one, unless it is signed by a client CA too.
 */
@Injectable()
export class ClientCertificate implements Authenticator {
  /** A certificate that was presented does not change, so it is read once. */
  readonly #users = new WeakMap<PresentedCertificate, Authenticated | "none">();

  /** The server's own, which stays the same; it is not there yet when the plugin is made. */
  #certificates: ClientCertificates | undefined;

  constructor(private readonly services: Services) {}

  authenticate({ socket }: AuthenticationRequest): Authenticated | undefined {
    if (socket === undefined) return undefined;
    this.#certificates ??= this.services.find(ClientCertificates);
    const presented = this.#certificates?.of(socket);
    if (presented === undefined) return undefined;
    let found = this.#users.get(presented);
    if (found === undefined) {
      if (!presented.client) throw new UntrustedCertificateError();
      const user = certificateUser(presented.certificate);
      found = user === undefined ? "none" : { user };
      this.#users.set(presented, found);
    }
    return found === "none" ? undefined : found;
  }
}
