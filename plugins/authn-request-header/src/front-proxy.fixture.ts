import { Socket } from "node:net";
import { type PeerCertificate, TLSSocket } from "node:tls";
import {
  type AuthenticationRequest,
  ClientCertificates,
  type PresentedCertificate,
  Services,
  type ServiceToken,
} from "@quarterdeck/sdk";

/** Connections of which a test says who signed their certificate; what the server finds out about real ones is tested there. */
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

  /** A request of `from` with these header lines. */
  request(from: "front proxy" | "user" | "stranger" | "nobody", lines: readonly string[], name = "aggregator") {
    const socket = new TLSSocket(new Socket());
    if (from !== "nobody") {
      const certificate = Object.assign(socket.getPeerCertificate() ?? {}, {
        subject: { CN: name },
      }) as PeerCertificate;
      this.#presented.set(socket, { certificate, client: from === "user", frontProxy: from === "front proxy" });
    }
    const request: AuthenticationRequest = { socket, path: "/api", rawHeaders: lines, header: () => undefined };
    return request;
  }
}
