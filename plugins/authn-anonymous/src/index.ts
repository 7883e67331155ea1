import { definePlugin } from "@quarterdeck/sdk";
import { Anonymous, AnonymousOptions } from "./anonymous.js";

export default definePlugin({
  kind: "authenticator",
  name: "anonymous",
  version: "0.1.0",
  options: AnonymousOptions,
  plugin: Anonymous,
});
