import { definePlugin } from "@quarterdeck/sdk";
import { Abac, AbacOptions } from "./abac.js";

export default definePlugin({
  kind: "authorizer",
  name: "abac",
  version: "0.1.0",
  options: AbacOptions,
  plugin: Abac,
});
