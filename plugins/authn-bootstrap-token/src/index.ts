import { definePlugin } from "@quarterdeck/sdk";
import { BootstrapToken } from "./bootstrap-token.js";

export default definePlugin({
  kind: "authenticator",
  name: "bootstrap-token",
  version: "0.1.0",
  plugin: BootstrapToken,
});
