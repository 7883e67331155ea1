import { definePlugin } from "@quarterdeck/sdk";
import { ServiceAllocation } from "./service-allocation.js";

export default definePlugin({
  kind: "controller",
  name: "service-allocation",
  version: "0.1.0",
  plugin: ServiceAllocation,
});
