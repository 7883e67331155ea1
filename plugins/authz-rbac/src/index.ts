import { definePlugin } from "@quarterdeck/sdk";
import { Rbac } from "./rbac.js";
import { RbacOptions } from "./rbac-options.js";

export default definePlugin({
  kind: "authorizer",
  name: "rbac",
  version: "0.1.0",
  options: RbacOptions,
  plugin: Rbac,
});
