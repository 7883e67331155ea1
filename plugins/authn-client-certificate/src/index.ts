import { definePlugin } from "@quarterdeck/sdk";
import { ClientCertificate } from "./client-certificate.js";

export default definePlugin({
  kind: "authenticator",
  name: "client-certificate",
  version: "0.1.0",
  plugin: ClientCertificate,
});
