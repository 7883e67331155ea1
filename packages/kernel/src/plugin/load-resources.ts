import { type Constructor, isPlugin, type Plugin, type ResourcePack, resourceRecord } from "@quarterdeck/sdk";
import { ConfigError } from "../config/config-error.js";
import { isConstructor } from "../config/plugin-reference.js";
import type { NamedReference } from "../config/resolved-config.js";
import { checkPlugin, checkPluginOptions } from "./check-plugin.js";
import { findModule } from "./find-module.js";
import type { PluginSearch } from "./load-plugin.js";
import type { LoadedResources } from "./loaded-plugin.js";

function isPack(plugin: Plugin): plugin is Plugin & ResourcePack {
  return plugin.kind === "resources" && typeof plugin.resources === "function";
}

function isResourceClass(value: unknown): value is Constructor {
  return isConstructor(value) && resourceRecord(value) !== undefined;
}

function fromPack(
  value: unknown,
  reference: NamedReference,
  source: string,
  version: string | undefined,
): LoadedResources {
  const { path, origin } = reference;
  const definition = checkPlugin(value, "resources", reference, source);
  if (!isPack(definition)) {
    throw new ConfigError(`"${definition.name}" has no resources: give definePlugin({ resources: … })`, {
      path,
      value: reference.value,
      file: origin,
    });
  }
  const options = checkPluginOptions(definition.options, definition.name, reference);
  const classes = definition.resources(options ?? {});
  return {
    kind: "resources",
    name: definition.name,
    version: definition.version ?? version,
    path,
    origin,
    source,
    definition,
    options,
    classes,
  };
}

function fromClasses(
  classes: readonly Constructor[],
  name: string,
  reference: NamedReference,
  source: string,
): LoadedResources {
  const { path, origin } = reference;
  const [option] = Object.entries(reference.options);
  if (option !== undefined) {
    throw new ConfigError("a resource class takes no options", {
      path: `${path}[1].${option[0]}`,
      value: option[1],
      file: origin,
    });
  }
  return {
    kind: "resources",
    name,
    version: undefined,
    path,
    origin,
    source,
    definition: undefined,
    options: undefined,
    classes,
  };
}

/** Loads what an entry of `resources` names: a pack, a module whose exports include decorated classes, or a class. */
export async function loadResources(reference: NamedReference, search: PluginSearch): Promise<LoadedResources> {
  const { target, path, origin } = reference;
  if (typeof target === "function") return fromClasses([target], target.name, reference, origin);
  if (typeof target !== "string") return fromPack(target, reference, origin, undefined);
  const found = await findModule(target, "resources", reference, search.catalogue, search.directory);
  if (isPlugin(found.exports.default)) return fromPack(found.exports.default, reference, found.source, found.version);
  const classes = [...new Set(Object.values(found.exports).filter(isResourceClass))];
  if (classes.length === 0) {
    const message = `${found.source} exports neither a resource class (decorated with @Resource) nor a resource pack`;
    throw new ConfigError(message, { path, value: reference.value, file: origin });
  }
  return fromClasses(classes, target, reference, found.source);
}
