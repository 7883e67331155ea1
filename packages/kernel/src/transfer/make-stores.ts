import { PluginHost } from "../assembly/plugin-host.js";
import { readBlueprint } from "../blueprint/blueprint.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { ServerLogger } from "../logging/server-logger.js";
import type { PluginCatalogue } from "../plugin/plugin-catalogue.js";
import { StorageSet } from "../storage/storage-set.js";
import { KeyOwners } from "./key-owners.js";

/** Makes the storages of a config as a server would, without a server; they are not open yet. */
export async function makeStores(
  config: ResolvedConfig,
  catalogue: PluginCatalogue,
  logger: ServerLogger,
): Promise<KeyOwners> {
  const { plugins, descriptors } = await readBlueprint(config, catalogue);
  const host = new PluginHost(config, logger);
  return new KeyOwners(
    StorageSet.make(plugins.storages, (plugin) => host.make(plugin)),
    descriptors,
  );
}
