import type { NamedReference, ResolvedConfig } from "../config/resolved-config.js";
import { loadPlugin, type PluginSearch } from "../plugin/load-plugin.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";

/** A storage plugin of the config; a reference that is written twice is one storage. */
export interface LoadedStorage {
  /** `storage` for the one that is not an override, else `storage-events`: what health checks and backups call it. */
  readonly name: string;
  readonly plugin: LoadedService<"storage">;
  /** The resources that the config puts there, as it names them; for the first one all the others. */
  readonly resources: readonly string[];
}

/** The same for references that say the same, whatever place they stand at. */
function identity({ target, options }: NamedReference, plugins: unknown[]): string {
  if (typeof target === "string") return JSON.stringify([target, options]);
  if (!plugins.includes(target)) plugins.push(target);
  return JSON.stringify([plugins.indexOf(target), options]);
}

/** Loads the storage plugins that a config names, side by side; the first is the one that is not an override. */
export async function loadStorages(
  config: Pick<ResolvedConfig, "storage" | "storageOverrides">,
  search: PluginSearch,
): Promise<readonly LoadedStorage[]> {
  const plugins: unknown[] = [];
  const found = new Map<string, { name: string; reference: NamedReference; resources: string[] }>();
  found.set(identity(config.storage, plugins), { name: "storage", reference: config.storage, resources: [] });
  for (const { resource, use } of config.storageOverrides) {
    const key = identity(use, plugins);
    const known = found.get(key);
    if (known === undefined) found.set(key, { name: `storage-${resource}`, reference: use, resources: [resource] });
    else known.resources.push(resource);
  }
  const loading = [...found.values()].map(async ({ name, reference, resources }) => {
    return { name, resources, plugin: await loadPlugin("storage", reference, search) };
  });
  await Promise.allSettled(loading);
  return Promise.all(loading);
}
