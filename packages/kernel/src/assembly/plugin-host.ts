import { MetricRegistry, PluginMetrics } from "@quarterdeck/http";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { Lister, ListerInjection } from "@quarterdeck/sdk";
import type { ResourceStore } from "@quarterdeck/storage";
import { RegistryClient } from "../client/registry-client.js";
import { ResourceTable } from "../client/resource-table.js";
import { StoreLister } from "../client/store-lister.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import { PluginContainer } from "../container/plugin-container.js";
import { ServerPaths } from "../container/server-paths.js";
import type { ServerLogger } from "../logging/server-logger.js";

/** What plugins are made with; there before any resource is known, since the storage plugin is made first. */
export class PluginHost {
  readonly metrics = new MetricRegistry();
  readonly table = new ResourceTable();
  readonly stores = new Map<ResourceDescriptor, ResourceStore>();
  readonly client: RegistryClient;
  readonly container: PluginContainer;

  constructor(
    config: ResolvedConfig,
    readonly logger: ServerLogger,
  ) {
    this.client = new RegistryClient(this.table, logger);
    const shared = { metrics: new PluginMetrics(this.metrics), client: this.client, paths: new ServerPaths(config) };
    this.container = new PluginContainer(shared, {
      logger: (plugin) => logger.child({ plugin: plugin.name }),
      lister: (target) => this.#lister(target),
    });
  }

  #lister(target: ListerInjection["target"]): Lister | string {
    const name =
      typeof target === "function" ? target.name : `${target.resource}${target.group === "" ? "" : `.${target.group}`}`;
    const found = this.table.find(target);
    const store = found === undefined ? undefined : this.stores.get(found.descriptor);
    if (found === undefined || store === undefined) return `the config serves no ${name}`;
    if (!found.version.storage) return `${name} is not the storage version of ${found.descriptor.resource}`;
    return new StoreLister(store);
  }
}
