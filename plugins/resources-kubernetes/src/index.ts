import { definePlugin } from "@quarterdeck/sdk";
import { ConfigMap } from "./config-map.js";
import { FlowSchema } from "./flowcontrol/flow-schema.js";
import { PriorityLevelConfiguration } from "./flowcontrol/priority-level-configuration.js";
import { keptEvents } from "./kept-events.js";
import { KubernetesOptions } from "./kubernetes-options.js";
import { Namespace } from "./namespace.js";
import { Secret } from "./secret.js";
import { systemNamespaces } from "./system-namespaces.js";

export default definePlugin({
  kind: "resources",
  name: "kubernetes",
  version: "0.1.0",
  options: KubernetesOptions,
  resources: (options) => [Namespace, ConfigMap, Secret, keptEvents(options), FlowSchema, PriorityLevelConfiguration],
  objects: () => systemNamespaces,
});
