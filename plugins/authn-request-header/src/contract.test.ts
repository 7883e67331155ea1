import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { MadeUpCertificates } from "@quarterdeck/testing/doubles";
import { RequestHeader } from "./request-header.js";

const certificates = new MadeUpCertificates();
const lines = ["X-Remote-User", "ann", "X-Remote-Group", "devs"];

function request(from: "front proxy CA" | "client CA" | "stranger", name = "aggregator") {
  return { ...authenticationRequest({ socket: certificates.connection(from, { CN: name }) }), rawHeaders: lines };
}

authenticatorContract({
  name: "request-header",
  create: () =>
    new RequestHeader(
      {
        allowedNames: ["aggregator"],
        usernameHeaders: ["X-Remote-User"],
        uidHeaders: ["X-Remote-Uid"],
        groupHeaders: ["X-Remote-Group"],
        extraHeaderPrefixes: ["X-Remote-Extra-"],
      },
      certificates,
    ),
  accepts: [{ user: "ann", request: () => request("front proxy CA") }],
  refuses: [() => request("front proxy CA", "sidecar"), () => request("client CA"), () => request("stranger")],
});
