import { definePlugin } from "@quarterdeck/sdk";
import { SystemMasters, SystemMastersOptions } from "./system-masters.js";

export default definePlugin({
  kind: "authorizer",
  name: "system-masters",
  version: "0.1.0",
  options: SystemMastersOptions,
  plugin: SystemMasters,
});
