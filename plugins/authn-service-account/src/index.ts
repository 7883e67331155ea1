import { definePlugin } from "@quarterdeck/sdk";
import { ServiceAccountAuthenticator } from "./service-account-authenticator.js";
import { ServiceAccountOptions } from "./service-account-options.js";

export default definePlugin({
  kind: "authenticator",
  name: "service-account",
  version: "0.1.0",
  options: ServiceAccountOptions,
  plugin: ServiceAccountAuthenticator,
});
