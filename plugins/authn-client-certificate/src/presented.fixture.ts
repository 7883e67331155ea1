import { Socket } from "node:net";
import { type PeerCertificate, TLSSocket } from "node:tls";
import { ClientCertificates, type PresentedCertificate, Services, type ServiceToken } from "@quarterdeck/sdk";

/** Connections whose certificate a test has made up; what the server finds out about real ones is tested there. */
export class MadeUpCertificates extends Services {
  readonly #presented = new Map<TLSSocket, PresentedCertificate>();

  provide(): void {}

  find<T extends object>(service: ServiceToken<T>): T | undefined {
    const { of } = this;
    const found: object = { of };
    // The plugin asks for nothing else.
    return Object.is(service, ClientCertificates) ? (found as T) : undefined;
  }

  readonly of = (socket: TLSSocket): PresentedCertificate | undefined => this.#presented.get(socket);

  connection(client: boolean, subject: object): TLSSocket {
    const socket = new TLSSocket(new Socket());
    const certificate = Object.assign(socket.getPeerCertificate() ?? {}, { subject, fingerprint256: "AB:CD" });
    this.#presented.set(socket, { certificate: certificate as PeerCertificate, client, frontProxy: !client });
    return socket;
  }
}
