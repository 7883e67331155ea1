import { definePlugin } from "@quarterdeck/sdk";
import { chosenKinds } from "./chosen-kinds.js";
import { Namespace } from "./core/namespace.js";
import { systemNamespaces } from "./core/system-namespaces.js";
import { EVENT_OPTIONS } from "./events/event-options.js";
import { keptEvents } from "./events/kept-events.js";
import { KubernetesOptions } from "./kubernetes-options.js";

function lifetimeOf(options: object): number {
  return options instanceof KubernetesOptions ? options.eventTtlSeconds : EVENT_OPTIONS.ttlSeconds;
}

export default definePlugin({
  kind: "resources",
  name: "kubernetes",
  version: "0.1.0",
  options: KubernetesOptions,
  resources: (options) => chosenKinds(options).map((kind) => keptEvents(kind, lifetimeOf(options))),
  objects: (options) => (chosenKinds(options).includes(Namespace) ? systemNamespaces : []),
});
