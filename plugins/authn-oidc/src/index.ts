import { definePlugin } from "@quarterdeck/sdk";
import { Oidc } from "./oidc.js";
import { OidcOptions } from "./oidc-options.js";

export default definePlugin({
  kind: "authenticator",
  name: "oidc",
  version: "0.1.0",
  options: OidcOptions,
  plugin: Oidc,
});
