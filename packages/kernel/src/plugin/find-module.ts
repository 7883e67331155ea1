import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { nearest } from "@quarterdeck/scheme";
import type { PluginKind } from "@quarterdeck/sdk";
import { ConfigError } from "../config/config-error.js";
import type { NamedReference } from "../config/resolved-config.js";
import { loadModule } from "../loader/load-module.js";
import type { ModuleExports } from "../loader/module-exports.js";
import { findPackage } from "../loader/package-entry.js";
import { kindsOf, type PluginCatalogue } from "./plugin-catalogue.js";
import { PACKAGE_PREFIXES, PLUGIN_SECTIONS, withArticle } from "./plugin-section.js";

/** A module that a config entry named, and where it was found. */
export interface FoundModule {
  readonly exports: ModuleExports;
  /** The file, or the name of the package for what the server ships. */
  readonly source: string;
  /** From package.json, when the module is a package. */
  readonly version: string | undefined;
}

function isPath(name: string): boolean {
  return name.startsWith("./") || name.startsWith("../") || name === "." || isAbsolute(name);
}

function shortName(name: string, kind: PluginKind, catalogue: PluginCatalogue): string | undefined {
  if (Object.hasOwn(catalogue[kind], name)) return name;
  const prefix = `@quarterdeck/${PACKAGE_PREFIXES[kind]}-`;
  const short = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
  return short !== undefined && Object.hasOwn(catalogue[kind], short) ? short : undefined;
}

async function load(file: string, reference: NamedReference): Promise<ModuleExports> {
  const { path, value, origin } = reference;
  try {
    return await loadModule(file);
  } catch (error) {
    if (!ConfigError.is(error)) throw error;
    throw new ConfigError(error.message, { path, value, file: origin, cause: error.cause ?? error });
  }
}

function unknownName(
  name: string,
  kind: PluginKind,
  catalogue: PluginCatalogue,
  reference: NamedReference,
  directory: string,
): ConfigError {
  const { path, value, origin: file } = reference;
  const [other] = kindsOf(catalogue, name);
  if (other !== undefined) {
    const message = `"${name}" is ${withArticle(other)} plugin, it belongs under ${PLUGIN_SECTIONS[other]}`;
    return new ConfigError(message, { path, value, file });
  }
  if (existsSync(resolve(directory, name))) {
    return new ConfigError(`no ${kind} plugin or package has this name`, { path, value, file, nearest: `./${name}` });
  }
  return new ConfigError(`no ${kind} plugin or package has this name`, {
    path,
    value,
    file,
    nearest: nearest(name, Object.keys(catalogue[kind])),
  });
}

/**
 * Loads the module that an entry names: a short name (what the server ships), a path from the config file's folder, or
 * an npm package as it is seen from there.
 */
export async function findModule(
  name: string,
  kind: PluginKind,
  reference: NamedReference,
  catalogue: PluginCatalogue,
  directory: string,
): Promise<FoundModule> {
  if (isPath(name)) {
    const file = resolve(directory, name);
    return { exports: await load(file, reference), source: file, version: undefined };
  }
  const short = shortName(name, kind, catalogue);
  const loader = short === undefined ? undefined : catalogue[kind][short];
  if (short !== undefined && loader !== undefined) {
    const exports = await loader();
    return {
      exports: { default: exports.default },
      source: `@quarterdeck/${PACKAGE_PREFIXES[kind]}-${short}`,
      version: undefined,
    };
  }
  const entry = await findPackage(name, directory);
  if (entry === undefined) throw unknownName(name, kind, catalogue, reference, directory);
  return { exports: await load(entry.file, reference), source: entry.file, version: entry.version };
}
