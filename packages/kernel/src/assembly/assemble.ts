import { createAdmissionChain } from "@quarterdeck/admission";
import { AdmissionMetrics, type ApiServer, createApiServer, HealthChecks, StorageMetrics } from "@quarterdeck/http";
import type { RegistryResource } from "@quarterdeck/registry";
import type { Lifecycle, PluginContracts } from "@quarterdeck/sdk";
import { createResourceStore, RenditionBudget, type ResourceStore } from "@quarterdeck/storage";
import type { Blueprint } from "../blueprint/blueprint.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import type { StorageSet } from "../storage/storage-set.js";
import { backupRoute } from "../transfer/backup-route.js";
import { KeyOwners } from "../transfer/key-owners.js";
import { chainEditMistake, filterEdits } from "./filter-edits.js";
import { MeasuredStorage } from "./measured-storage.js";
import type { PluginHost } from "./plugin-host.js";

/** A plugin's instance with its name, for starting and stopping it. */
export interface MadePlugin {
  readonly name: string;
  /** Where the config names it: `authentication[1] in apiserver.config.ts`. */
  readonly place: string;
  readonly instance: Lifecycle;
}

/** A server of which every part is made and none has been started. */
export interface Assembly {
  readonly api: ApiServer;
  /** `storages.of(descriptor)` is where the objects of a resource are kept. */
  readonly storages: StorageSet;
  readonly stores: readonly ResourceStore[];
  readonly resources: readonly RegistryResource[];
  /** In the order of the config's sections. */
  readonly plugins: readonly MadePlugin[];
  readonly health: HealthChecks;
}

/** Makes all that a blueprint names, by the container, and puts it together; nothing is opened or listened on. */
export function assemble(
  blueprint: Blueprint,
  host: PluginHost,
  storages: StorageSet,
  serverAddress: () => string,
): Assembly {
  const { config, plugins, descriptors } = blueprint;
  const { logger, metrics, table } = host;
  table.know(descriptors);
  const budget = new RenditionBudget();
  const storageMetrics = new StorageMetrics(metrics);
  for (const descriptor of descriptors) {
    const backend = storages.of(descriptor);
    const storage = new MeasuredStorage(backend, storageMetrics, descriptor);
    host.stores.set(descriptor, createResourceStore({ storage, backend, descriptor, logger, budget }));
  }
  const made: MadePlugin[] = [];
  const make = <K extends Exclude<keyof PluginContracts, "storage">>(plugin: LoadedService<K>): PluginContracts[K] => {
    const instance = host.container.make(plugin);
    made.push({ name: plugin.name, place: `${plugin.path} in ${plugin.origin}`, instance });
    return instance;
  };
  const authenticators = plugins.authenticators.map((one) => ({ name: one.name, authenticator: make(one) }));
  const authorizers = plugins.authorizers.map((one) => ({ name: one.name, authorizer: make(one) }));
  const admissionMetrics = new AdmissionMetrics(metrics);
  const admission = createAdmissionChain(
    plugins.admission.map((one) => ({ name: one.name, plugin: make(one) })),
    {
      observe: (name, phase, operation, rejected, milliseconds) => {
        const type = phase === "mutate" ? "admit" : "validate";
        admissionMetrics.observe(name, type, operation, rejected, milliseconds / 1000);
      },
      failed: (name, phase, error) => logger.error("an admission plugin failed", { plugin: name, phase, error }),
    },
  );
  const edits = filterEdits(plugins.filters, make);
  const now = (): Date => new Date();
  const resources = [...host.stores].map(([descriptor, store]) => ({ descriptor, store, admission, now }));
  for (const resource of resources) table.add(resource);
  const health = new HealthChecks();
  const settings = {
    requestTimeoutSeconds: config.server.requestTimeout,
    maxRequestBytes: config.server.maxRequestBytes,
    corsAllowedOrigins: config.server.corsAllowedOrigins,
    transactions: config.server.transactions,
  };
  try {
    const api = createApiServer({
      resources,
      authenticators,
      authorizers,
      edits,
      health,
      metrics,
      logger,
      settings,
      serverAddress,
      routes: [backupRoute(new KeyOwners(storages, descriptors), now)],
    });
    return { api, storages, stores: [...host.stores.values()], resources, plugins: made, health };
  } catch (error) {
    throw chainEditMistake(error, plugins.filters, config.file);
  }
}
