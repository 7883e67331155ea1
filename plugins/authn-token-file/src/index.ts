import { definePlugin } from "@quarterdeck/sdk";
import { TokenFile, TokenFileOptions } from "./token-file.js";

export default definePlugin({
  kind: "authenticator",
  name: "token-file",
  version: "0.1.0",
  options: TokenFileOptions,
  plugin: TokenFile,
});
