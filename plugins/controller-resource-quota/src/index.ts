import { definePlugin } from "@quarterdeck/sdk";
import { ResourceQuotaController } from "./resource-quota-controller.js";
import { ResourceQuotaOptions } from "./resource-quota-options.js";

export default definePlugin({
  kind: "controller",
  name: "resource-quota",
  version: "0.1.0",
  options: ResourceQuotaOptions,
  plugin: ResourceQuotaController,
});
