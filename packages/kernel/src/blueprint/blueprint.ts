import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { PluginCatalogue } from "../plugin/plugin-catalogue.js";
import { compileDescriptors } from "./compile-descriptors.js";
import { type LoadedPlugins, loadPlugins } from "./load-plugins.js";

/** All that is known of a server before anything of it is made: what `describe` prints and the kernel starts from. */
export interface Blueprint {
  readonly config: ResolvedConfig;
  readonly plugins: LoadedPlugins;
  readonly descriptors: readonly ResourceDescriptor[];
}

/** Loads and checks everything that a config names, without opening, listening or writing anything. */
export async function readBlueprint(config: ResolvedConfig, catalogue: PluginCatalogue): Promise<Blueprint> {
  const plugins = await loadPlugins(config, { catalogue, directory: config.directory });
  return { config, plugins, descriptors: compileDescriptors(config, plugins.resources) };
}
