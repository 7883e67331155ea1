import { authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { MadeUpCertificates } from "./front-proxy.fixture.js";
import { RequestHeader } from "./request-header.js";

const certificates = new MadeUpCertificates();
const lines = ["X-Remote-User", "ann", "X-Remote-Group", "devs"];

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
  accepts: [{ user: "ann", request: () => certificates.request("front proxy", lines) }],
  refuses: [
    () => certificates.request("front proxy", lines, "sidecar"),
    () => certificates.request("user", lines),
    () => certificates.request("stranger", lines),
  ],
});
