import { definePlugin } from "@quarterdeck/sdk";
import { chosenKinds } from "./chosen-kinds.js";
import { Event } from "./core/event.js";
import { keptEvents } from "./core/kept-events.js";
import { Namespace } from "./core/namespace.js";
import { systemNamespaces } from "./core/system-namespaces.js";
import { KubernetesOptions } from "./kubernetes-options.js";

export default definePlugin({
  kind: "resources",
  name: "kubernetes",
  version: "0.1.0",
  options: KubernetesOptions,
  resources: (options) => chosenKinds(options).map((kind) => (kind === Event ? keptEvents(options) : kind)),
  objects: (options) => (chosenKinds(options).includes(Namespace) ? systemNamespaces : []),
});
