import { Socket } from "node:net";
import { type PeerCertificate, TLSSocket } from "node:tls";
import { ClientCertificates, type PresentedCertificate, Services, type ServiceToken } from "@quarterdeck/sdk";

/** Connections of which a test says whose word their certificate is; the only service is the one that tells plugins so. */
export class MadeUpCertificates extends Services {
  readonly #presented = new Map<TLSSocket, PresentedCertificate>();

  provide(): void {}

  find<T extends object>(service: ServiceToken<T>): T | undefined {
    const { of } = this;
    const found: object = { of };
    return Object.is(service, ClientCertificates) ? (found as T) : undefined;
  }

  readonly of = (socket: TLSSocket): PresentedCertificate | undefined => this.#presented.get(socket);

  /** A connection with a certificate of this subject that such an authority signed. */
  connection(signedBy: "client CA" | "front proxy CA" | "stranger", subject: object): TLSSocket {
    const socket = new TLSSocket(new Socket());
    const certificate = Object.assign(socket.getPeerCertificate() ?? {}, { subject, fingerprint256: "AB:CD" });
    this.#presented.set(socket, {
      certificate: certificate as PeerCertificate,
      client: signedBy === "client CA",
      frontProxy: signedBy === "front proxy CA",
    });
    return socket;
  }
}
