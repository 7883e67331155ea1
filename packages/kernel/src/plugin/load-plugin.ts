import type { Plugin, PluginContracts, ServicePlugin } from "@quarterdeck/sdk";
import { ConfigError } from "../config/config-error.js";
import type { NamedReference } from "../config/resolved-config.js";
import { checkPlugin, checkPluginOptions } from "./check-plugin.js";
import { findModule } from "./find-module.js";
import type { LoadedService } from "./loaded-plugin.js";
import type { PluginCatalogue } from "./plugin-catalogue.js";

/** Where plugins are looked for. */
export interface PluginSearch {
  readonly catalogue: PluginCatalogue;
  /** The folder of the config file. */
  readonly directory: string;
}

function isService<K extends keyof PluginContracts>(plugin: Plugin, kind: K): plugin is Plugin & ServicePlugin<K> {
  return plugin.kind === kind && "plugin" in plugin && typeof plugin.plugin === "function";
}

/** Finds, loads and checks the plugin that an entry names; its class is not made yet. */
export async function loadPlugin<K extends keyof PluginContracts>(
  kind: K,
  reference: NamedReference,
  { catalogue, directory }: PluginSearch,
): Promise<LoadedService<K>> {
  const { target, path, origin } = reference;
  const found =
    typeof target === "string" ? await findModule(target, kind, reference, catalogue, directory) : undefined;
  const source = found?.source ?? origin;
  const definition = checkPlugin(found === undefined ? target : found.exports.default, kind, reference, source);
  if (!isService(definition, kind)) {
    throw new ConfigError(`"${definition.name}" has no plugin class: give definePlugin({ plugin: … })`, {
      path,
      value: reference.value,
      file: origin,
    });
  }
  const options = checkPluginOptions(definition.options, definition.name, reference);
  return {
    kind,
    name: definition.name,
    version: definition.version ?? found?.version,
    path,
    origin,
    source,
    definition,
    options,
  };
}
