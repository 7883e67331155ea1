import { type Constructor, definePlugin } from "@quarterdeck/sdk";
import { ConfigMap } from "./config-map.js";
import { Event } from "./event.js";
import { Namespace } from "./namespace.js";
import { Secret } from "./secret.js";
import { systemNamespaces } from "./system-namespaces.js";

const classes: readonly Constructor[] = [Namespace, ConfigMap, Secret, Event];

export default definePlugin({
  kind: "resources",
  name: "kubernetes",
  version: "0.1.0",
  resources: () => classes,
  objects: () => systemNamespaces,
});
