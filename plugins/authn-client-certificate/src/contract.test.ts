import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { ClientCertificate } from "./client-certificate.js";
import { MadeUpCertificates } from "./presented.fixture.js";

const certificates = new MadeUpCertificates();
const subject = { CN: "ann", O: "devs" };

authenticatorContract({
  name: "client-certificate",
  create: () => new ClientCertificate(certificates),
  accepts: [{ user: "ann", request: () => authenticationRequest({ socket: certificates.connection(true, subject) }) }],
  refuses: [() => authenticationRequest({ socket: certificates.connection(false, subject) })],
});
