import { AdmissionSwitch } from "@quarterdeck/admission";
import {
  AdmissionMetrics,
  type ApiServer,
  AuditPipeline,
  Authenticators,
  Authorizers,
  createApiServer,
  HealthChecks,
  StorageMetrics,
} from "@quarterdeck/http";
import type { RegistryResource } from "@quarterdeck/registry";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import {
  Access,
  Client,
  type Controller,
  Identities,
  Listers,
  ObjectCounts,
  type PluginContracts,
  StorageHealth,
} from "@quarterdeck/sdk";
import {
  createResourceStore,
  MadeResourceStore,
  RenditionBudget,
  type ResourceStore,
  UnstoredResourceStore,
} from "@quarterdeck/storage";
import type { Blueprint } from "../blueprint/blueprint.js";
import type { ExchangedPlugins } from "../blueprint/load-plugins.js";
import type { Encryption } from "../encryption/encryption.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import { StorageProbes } from "../storage/storage-probes.js";
import type { StorageSet } from "../storage/storage-set.js";
import { backupRoute } from "../transfer/backup-route.js";
import { KeyOwners } from "../transfer/key-owners.js";
import { chainEditMistake, filterEdits } from "./filter-edits.js";
import { Generation, type MadePlugin, madePlugin } from "./generation.js";
import { madeObjects } from "./made-objects.js";
import { MeasuredStorage } from "./measured-storage.js";
import type { PluginHost } from "./plugin-host.js";
import { PolicyInForce } from "./policy-in-force.js";
import { StoreSizes } from "./store-sizes.js";

/** A server of which every part is made and none has been started. */
export interface Assembly {
  readonly api: ApiServer;
  /** `storages.of(descriptor)` is where the objects of a resource are kept. */
  readonly storages: StorageSet;
  readonly stores: readonly ResourceStore[];
  readonly resources: readonly RegistryResource[];
  /** Audit sinks and filter plugins, which stay as long as the server does. */
  readonly lasting: readonly MadePlugin[];
  /** In the order of the config. */
  readonly controllers: readonly MadePlugin<Controller>[];
  /** The plugins that the config as it was read first names. */
  readonly first: Generation;
  readonly health: HealthChecks;
  /** Makes what a changed config names, without putting it in place. */
  generation(plugins: ExchangedPlugins): Generation;
  /** Puts a generation in place of another, at once for all requests that come after. */
  adopt(generation: Generation, before: Generation | undefined): void;
}

/** Stands in for the store of a resource that is only answered, or made when it is read. */
function unstored(
  { resource, keyPrefix, storageVersion }: ResourceDescriptor,
  { services }: PluginHost,
): ResourceStore {
  if (storageVersion.hooks.readObjects === undefined) return new UnstoredResourceStore(resource);
  return new MadeResourceStore(resource, keyPrefix, () => madeObjects(storageVersion, services));
}

/** The stores of all resources; those that are only answered have none of their own. */
function makeStores(
  descriptors: readonly ResourceDescriptor[],
  host: PluginHost,
  storages: StorageSet,
  encryption: Encryption | undefined,
): ReadonlyMap<ResourceDescriptor, ResourceStore> {
  const budget = new RenditionBudget();
  const metrics = new StorageMetrics(host.metrics);
  const all = new Map<ResourceDescriptor, ResourceStore>();
  const byPrefix = new Map<string, ReturnType<typeof createResourceStore>>();
  for (const descriptor of descriptors) {
    if (!descriptor.stored) {
      all.set(descriptor, unstored(descriptor, host));
      continue;
    }
    // Objects that two resources share are one store's, and so in one cache.
    const shared = byPrefix.get(descriptor.keyPrefix);
    if (shared !== undefined) {
      host.stores.set(descriptor, shared);
      all.set(descriptor, shared);
      continue;
    }
    const layer = encryption?.over(storages.of(descriptor.storedIn));
    const backend = layer ?? storages.of(descriptor.storedIn);
    const storage = new MeasuredStorage(backend, metrics, descriptor);
    const stale = layer && { stale: (key: string) => layer.stale(key) };
    const store = createResourceStore({ storage, backend, descriptor, logger: host.logger, budget, ...stale });
    byPrefix.set(descriptor.keyPrefix, store);
    host.stores.set(descriptor, store);
    all.set(descriptor, store);
  }
  return all;
}

/** Makes all that a blueprint names, by the container, and puts it together; nothing is opened or listened on. */
export function assemble(
  blueprint: Blueprint,
  host: PluginHost,
  storages: StorageSet,
  serverAddress: () => string,
  encryption?: Encryption,
): Assembly {
  const { config, plugins, descriptors } = blueprint;
  const { logger, metrics, table, services } = host;
  table.know(descriptors);
  const stores = makeStores(descriptors, host, storages, encryption);
  const admissionMetrics = new AdmissionMetrics(metrics);
  const generation = (loaded: ExchangedPlugins): Generation => new Generation(loaded, host, admissionMetrics);
  const authenticators = new Authenticators([]);
  const authorizers = new Authorizers([], logger);
  services.provide(Identities, authenticators);
  services.provide(Access, authorizers);
  services.provide(Client, host.client);
  services.provide(Listers, host.listers);
  services.provide(ObjectCounts, new StoreSizes(stores));
  services.provide(StorageHealth, new StorageProbes(storages.all));
  for (const { definition, options } of plugins.resources) definition?.provide?.(options ?? {}, services);
  const lasting: MadePlugin[] = [];
  const make = <K extends "filter" | "audit">(plugin: LoadedService<K>): PluginContracts[K] => {
    const instance = host.make(plugin);
    lasting.push(madePlugin(plugin, instance));
    return instance;
  };
  const sinks = plugins.auditSinks.map((one) => ({ name: one.name, sink: make(one) }));
  const audit = new AuditPipeline(sinks, metrics, logger);
  const auditPolicy = new PolicyInForce(audit, host.files, logger);
  const first = generation(plugins);
  const admission = new AdmissionSwitch(first.admission);
  const adopt = (next: Generation, before: Generation | undefined): void => {
    authenticators.replace(next.authenticators);
    authorizers.replace(next.authorizers);
    admission.replace(next.admission);
    auditPolicy.adopt(next.auditPolicy);
    next.adopt(before);
  };
  adopt(first, undefined);
  const controllers = plugins.controllers.map((one) => madePlugin(one, host.make(one)));
  const edits = filterEdits(plugins.filters, make);
  const now = (): Date => new Date();
  const resources = [...stores].map(([descriptor, store]) => ({ descriptor, store, admission, now, services }));
  for (const resource of resources) table.add(resource);
  const health = new HealthChecks();
  if (encryption !== undefined) {
    // Starting the process again would not bring a key service back, so that `/livez` does not ask.
    health.add({ name: "kms-providers", endpoints: ["healthz", "readyz"], check: () => encryption.check() });
  }
  const settings = {
    requestTimeoutSeconds: config.server.requestTimeout,
    maxRequestBytes: config.server.maxRequestBytes,
    corsAllowedOrigins: config.server.corsAllowedOrigins,
    transactions: config.server.transactions,
    cbor: config.server.cbor,
    strictTransportSecurity: config.server.strictTransportSecurity,
    goawayChance: config.server.goawayChance,
    shutdownSendRetryAfter: config.server.shutdownSendRetryAfter,
    shutdownWatchGraceSeconds: config.server.shutdownWatchTerminationGrace,
  };
  try {
    const api = createApiServer({
      resources,
      authenticators,
      authorizers,
      audit,
      edits,
      health,
      metrics,
      logger,
      settings,
      serverAddress,
      routes: [backupRoute(new KeyOwners(storages, descriptors), now)],
      pluginRoutes: host.routes,
      flowControl: {
        name: plugins.flowControl.name,
        source: plugins.flowControl.origin,
        filter: make(plugins.flowControl),
      },
    });
    const made = { lasting, controllers, first, generation, adopt };
    return { api, storages, stores: [...host.stores.values()], resources, health, ...made };
  } catch (error) {
    throw chainEditMistake(error, plugins.filters, config.file);
  }
}
