import { MetricRegistry, PluginMetrics } from "@quarterdeck/http";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { Lister, ListerInjection, PluginContracts } from "@quarterdeck/sdk";
import type { ResourceStore } from "@quarterdeck/storage";
import { ObjectObservers } from "../client/object-observers.js";
import { RegistryClient } from "../client/registry-client.js";
import { ResourceTable } from "../client/resource-table.js";
import { StoreLister } from "../client/store-lister.js";
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
  readonly services = new ServiceTable();
  readonly routes: RouteMap = new Map();

  readonly #lasting: PluginScope;

  constructor(
    config: ResolvedConfig,
    readonly logger: ServerLogger,
  ) {
    this.client = new RegistryClient(this.table, logger);
    this.observers = new ObjectObservers(logger);
    const paths = new ServerPaths(config, this.files);
    const shared = { metrics: new PluginMetrics(this.metrics), client: this.client, paths };
    const routes = new StagedRoutes(this.routes);
    routes.adopt(undefined);
    this.#lasting = { services: this.services, routes };
    this.container = new PluginContainer(shared, {
      logger: (plugin) => logger.child({ plugin: plugin.name }),
      lister: (target) => this.#lister(target),
    });
  }

  /** Makes the one instance of a plugin that is there for as long as the server is. */
  make<K extends keyof PluginContracts>(plugin: LoadedService<K>): PluginContracts[K] {
    return this.container.make(plugin, this.#lasting);
  }

  #lister(target: ListerInjection["target"]): Lister | string {
    const name =
      typeof target === "function" ? target.name : `${target.resource}${target.group === "" ? "" : `.${target.group}`}`;
    const found = this.table.find(target);
    const store = found === undefined ? undefined : this.stores.get(found.descriptor);
    if (found === undefined || store === undefined) return `the config serves no ${name}: ${adviceFor(target)}`;
    if (!found.version.storage) return `${name} is not the storage version of ${found.descriptor.resource}`;
    return new StoreLister(store, this.observers);
  }
}

/** Where a resource that is missed may come from. */
function adviceFor(target: ListerInjection["target"]): string {
  const native = typeof target !== "function" && (target.group === "" || target.group.endsWith(".k8s.io"));
  return native ? 'add "kubernetes" to resources' : "add it to resources";
}
