import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { ClientCertificate } from "./client-certificate.js";

function connection(authorized: boolean): TLSSocket {
  const certificate = { subject: { CN: "ann", O: "devs" }, fingerprint256: "AB:CD" };
  return Object.assign(new TLSSocket(new Socket()), { authorized, getPeerCertificate: () => certificate });
}

authenticatorContract({
  name: "client-certificate",
  create: () => new ClientCertificate(),
  accepts: [{ user: "ann", request: () => authenticationRequest({ socket: connection(true) }) }],
  refuses: [() => authenticationRequest({ socket: connection(false) })],
});
