import { definePlugin } from "@quarterdeck/sdk";
import { RequestHeader } from "./request-header.js";
import { RequestHeaderOptions } from "./request-header-options.js";

export default definePlugin({
  kind: "authenticator",
  name: "request-header",
  version: "0.1.0",
  options: RequestHeaderOptions,
  plugin: RequestHeader,
});
