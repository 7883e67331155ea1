import { compileResources, ResourceDefinitionError, type ResourceDescriptor } from "@quarterdeck/scheme";
import type { Constructor } from "@quarterdeck/sdk";
import { ConfigError } from "../config/config-error.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { LoadedResources } from "../plugin/loaded-plugin.js";

/** Compiles the classes of all packs and modules; a mistake in a class is told with the file that it is from. */
export function compileDescriptors(
  config: ResolvedConfig,
  loaded: readonly LoadedResources[],
): readonly ResourceDescriptor[] {
  const owners = new Map<Constructor, LoadedResources>();
  for (const one of loaded) for (const cls of one.classes) owners.set(cls, one);
  const sourceOf = (cls: Constructor): string => owners.get(cls)?.source ?? cls.name;
  try {
    return compileResources([...owners.keys()], { runtimeConfig: config.runtimeConfig, sourceOf });
  } catch (error) {
    if (!(error instanceof ResourceDefinitionError)) throw error;
    const named = loaded.find((one) => one.source === error.source);
    const where =
      named === undefined
        ? { path: "resources", file: config.file }
        : { path: named.path, value: named.name, file: named.origin };
    throw new ConfigError(error.source === "" ? error.message : `${error.source}: ${error.message}`, {
      ...where,
      cause: error,
    });
  }
}
