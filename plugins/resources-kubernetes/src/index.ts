import { definePlugin } from "@quarterdeck/sdk";
import { chosenKinds } from "./chosen-kinds.js";
import { Namespace } from "./core/namespace/namespace.js";
import { systemNamespaces } from "./core/namespace/system-namespaces.js";
import { EVENT_OPTIONS } from "./events/event-options.js";
import { keptEvents } from "./events/kept-events.js";
import { KubernetesOptions } from "./kubernetes-options.js";
import { PriorityClass } from "./scheduling/priority-class/priority-class.js";
import { systemPriorityClasses } from "./scheduling/priority-class/system-priority-classes.js";
import { networkKinds, provideServiceNetwork } from "./service-network.js";

function lifetimeOf(options: object): number {
  return options instanceof KubernetesOptions ? options.eventTtlSeconds : EVENT_OPTIONS.ttlSeconds;
}

export default definePlugin({
  kind: "resources",
  name: "kubernetes",
  version: "0.1.0",
  options: KubernetesOptions,
  resources: (options) => {
    const chosen = chosenKinds(options);
    return [...chosen.map((kind) => keptEvents(kind, lifetimeOf(options))), ...networkKinds(chosen, options)];
  },
  provide: provideServiceNetwork,
  objects: (options) => {
    const chosen = chosenKinds(options);
    return [
      ...(chosen.includes(Namespace) ? systemNamespaces : []),
      ...(chosen.includes(PriorityClass) ? systemPriorityClasses : []),
    ];
  },
});
