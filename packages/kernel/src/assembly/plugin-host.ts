import { MetricRegistry, PluginMetrics } from "@quarterdeck/http";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { PluginContracts } from "@quarterdeck/sdk";
import type { ResourceStore } from "@quarterdeck/storage";
import { ObjectObservers } from "../client/object-observers.js";
import { RegistryClient } from "../client/registry-client.js";
import { ResourceTable } from "../client/resource-table.js";
import { StoreListers } from "../client/store-listers.js";
import { TableResources } from "../client/table-resources.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import { PluginContainer, type PluginScope } from "../container/plugin-container.js";
import { ServerPaths } from "../container/server-paths.js";
import { FileWatches } from "../files/file-watches.js";
import type { ServerLogger } from "../logging/server-logger.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import { type RouteMap, StagedRoutes } from "../services/plugin-routes.js";
import { ServiceTable } from "../services/service-table.js";

/** What plugins are made with; there before any resource is known, since the storage plugin is made first. */
export class PluginHost {
  readonly metrics = new MetricRegistry();
  readonly table = new ResourceTable();
  readonly stores = new Map<ResourceDescriptor, ResourceStore>();
  readonly client: RegistryClient;
  readonly container: PluginContainer;
  readonly files = new FileWatches();
  readonly observers: ObjectObservers;
  readonly listers: StoreListers;
  readonly services = new ServiceTable();
  readonly routes: RouteMap = new Map();

  readonly #lasting: PluginScope;

  constructor(
    config: ResolvedConfig,
    readonly logger: ServerLogger,
  ) {
    this.client = RegistryClient.of(this.table, logger);
    this.observers = new ObjectObservers(logger);
    const paths = new ServerPaths(config, this.files);
    this.listers = new StoreListers(this.table, this.stores, this.observers);
    const served = new TableResources(this.table);
    const metrics = new PluginMetrics(this.metrics);
    const shared = { metrics, client: this.client, paths, "served-resources": served, listers: this.listers };
    const routes = new StagedRoutes(this.routes);
    routes.adopt(undefined);
    this.#lasting = { services: this.services, routes };
    this.container = new PluginContainer(shared, {
      logger: (plugin) => logger.child({ plugin: plugin.name }),
      lister: (target) => this.listers.find(target),
    });
  }

  /** Makes the one instance of a plugin that is there for as long as the server is. */
  make<K extends keyof PluginContracts>(plugin: LoadedService<K>): PluginContracts[K] {
    return this.container.make(plugin, this.#lasting);
  }
}
