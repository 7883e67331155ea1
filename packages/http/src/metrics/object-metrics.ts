import { formatGroupResource } from "@quarterdeck/meta";
import type { RegistryResource } from "@quarterdeck/registry";
import type { MetricRegistry } from "./metric-registry.js";

/** Registers the numbers of stored objects, read from the watch caches at each scrape. */
export function registerObjectMetrics(registry: MetricRegistry, served: readonly RegistryResource[]): void {
  const resources = served.filter(({ descriptor }) => descriptor.stored);
  registry.gauge("apiserver_resource_objects", "Objects stored, by resource.", ["group", "resource"], (family) => {
    for (const { descriptor, store } of resources) {
      family.series(descriptor.group, descriptor.resource).value = store.size;
    }
  });
  registry.gauge("apiserver_storage_objects", "Objects stored, by resource.group.", ["resource"], (family) => {
    for (const { descriptor, store } of resources) {
      family.series(formatGroupResource(descriptor)).value = store.size;
    }
  });
}
