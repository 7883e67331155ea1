import type { LoadedAuditPolicy } from "../assembly/policy-in-force.js";
import { ConfigError } from "../config/config-error.js";
import { readPolicy } from "../config/read-policy.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import { type LoadedEncryption, loadEncryption } from "../encryption/load-encryption.js";
import { loadPlugin, type PluginSearch } from "../plugin/load-plugin.js";
import { loadResources } from "../plugin/load-resources.js";
import type { LoadedResources, LoadedService } from "../plugin/loaded-plugin.js";
import { type LoadedStorage, loadStorages } from "../storage/load-storages.js";

/** A change of the filter chain with its plugin loaded. */
export type LoadedChainEdit =
  | { readonly path: string; readonly remove: string }
  | {
      readonly path: string;
      readonly place: "before" | "after" | "replace";
      readonly filter: string;
      readonly use: LoadedService<"filter">;
    };

/** Everything the config names, loaded and checked but not made. */
export interface LoadedPlugins {
  readonly storages: readonly LoadedStorage[];
  /** How values are encrypted; undefined when the config does not say. */
  readonly encryption: LoadedEncryption | undefined;
  readonly resources: readonly LoadedResources[];
  readonly authenticators: readonly LoadedService<"authenticator">[];
  readonly authorizers: readonly LoadedService<"authorizer">[];
  readonly admission: readonly LoadedService<"admission">[];
  readonly auditPolicy: LoadedAuditPolicy | undefined;
  readonly auditSinks: readonly LoadedService<"audit">[];
  readonly flowControl: LoadedService<"filter">;
  readonly filters: readonly LoadedChainEdit[];
  /** Each once. */
  readonly controllers: readonly LoadedService<"controller">[];
}

/** What a change of the config exchanges while the server runs. */
export type ExchangedPlugins = Pick<LoadedPlugins, "authenticators" | "authorizers" | "admission" | "auditPolicy">;

/** Loads what a changed config names of the plugins that can be exchanged. */
export async function loadExchanged(config: ResolvedConfig, search: PluginSearch): Promise<ExchangedPlugins> {
  const authenticators = config.authentication.map((one) => loadPlugin("authenticator", one, search));
  const authorizers = config.authorization.map((one) => loadPlugin("authorizer", one, search));
  const admission = config.admission.map((one) => loadPlugin("admission", one, search));
  const auditPolicy = loadPolicy(config);
  await inOrder<unknown>([...authenticators, ...authorizers, ...admission, auditPolicy]);
  return Object.freeze({
    authenticators: await inOrder(authenticators),
    authorizers: await inOrder(authorizers),
    admission: await inOrder(admission),
    auditPolicy: await auditPolicy,
  });
}

async function loadPolicy({ auditPolicy: named }: ResolvedConfig): Promise<LoadedAuditPolicy | undefined> {
  return named === undefined ? undefined : { policy: await readPolicy(named), named };
}

/** All values, or the error of the first in order, so that the same config always fails with the same line. */
async function inOrder<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Two of a name would be at work on the same objects, and hold one lease. */
function eachOnce<T extends LoadedService>(plugins: readonly T[]): readonly T[] {
  const names = new Set<string>();
  for (const { name, path, origin: file } of plugins) {
    if (names.has(name)) throw new ConfigError(`"${name}" is named twice`, { path, value: name, file });
    names.add(name);
  }
  return plugins;
}

/** Loads all that the config names, side by side; `storages` is given when their loading has begun already. */
export async function loadPlugins(
  config: ResolvedConfig,
  search: PluginSearch,
  storages: Promise<readonly LoadedStorage[]> = loadStorages(config, search),
): Promise<LoadedPlugins> {
  const filters = config.filters.map(async (edit): Promise<LoadedChainEdit> => {
    return "remove" in edit ? edit : { ...edit, use: await loadPlugin("filter", edit.use, search) };
  });
  const resources = config.resources.map((one) => loadResources(one, search));
  const exchanged = loadExchanged(config, search);
  const auditSinks = config.auditSinks.map((one) => loadPlugin("audit", one, search));
  const flowControl = loadPlugin("filter", config.flowControl, search);
  const encryption = loadEncryption(config, search);
  const controllers = config.controllers.map((one) => loadPlugin("controller", one, search));
  await inOrder<unknown>([
    storages,
    encryption,
    ...resources,
    exchanged,
    ...auditSinks,
    flowControl,
    ...filters,
    ...controllers,
  ]);
  return Object.freeze({
    storages: await storages,
    encryption: await encryption,
    resources: await inOrder(resources),
    ...(await exchanged),
    auditSinks: await inOrder(auditSinks),
    flowControl: await flowControl,
    filters: await inOrder(filters),
    controllers: eachOnce(await inOrder(controllers)),
  });
}
