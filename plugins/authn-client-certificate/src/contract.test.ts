import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { MadeUpCertificates } from "@quarterdeck/testing/doubles";
import { ClientCertificate } from "./client-certificate.js";

const certificates = new MadeUpCertificates();
const subject = { CN: "ann", O: "devs" };

authenticatorContract({
  name: "client-certificate",
  create: () => new ClientCertificate(certificates),
  accepts: [
    { user: "ann", request: () => authenticationRequest({ socket: certificates.connection("client CA", subject) }) },
  ],
  refuses: [() => authenticationRequest({ socket: certificates.connection("stranger", subject) })],
});
