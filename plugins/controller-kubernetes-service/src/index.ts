import { definePlugin } from "@quarterdeck/sdk";
import { KubernetesService } from "./kubernetes-service.js";
import { KubernetesServiceOptions } from "./kubernetes-service-options.js";

export default definePlugin({
  kind: "controller",
  name: "kubernetes-service",
  version: "0.1.0",
  options: KubernetesServiceOptions,
  plugin: KubernetesService,
});
