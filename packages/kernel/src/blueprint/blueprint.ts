import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { PluginCatalogue } from "../plugin/plugin-catalogue.js";
import { checkOverrides } from "../storage/check-overrides.js";
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
  return blueprintOf(config, plugins);
}

/** Puts together what has been loaded; the last place where a config can be wrong before anything is made. */
export function blueprintOf(config: ResolvedConfig, plugins: LoadedPlugins): Blueprint {
  const descriptors = compileDescriptors(config, plugins.resources);
  checkOverrides(config, descriptors);
  return { config, plugins, descriptors };
}
