import { CONTRACT_VERSIONS, type Constructor, isPlugin, type Plugin, type PluginKind } from "@quarterdeck/sdk";
import { checkOptions } from "../config/check-options.js";
import { ConfigError } from "../config/config-error.js";
import type { NamedReference } from "../config/resolved-config.js";
import { PLUGIN_SECTIONS, withArticle } from "./plugin-section.js";

/** The value as a plugin of the kind and of this server's contract version, or a {@link ConfigError}. */
export function checkPlugin(value: unknown, kind: PluginKind, reference: NamedReference, source: string): Plugin {
  const { path, origin: file } = reference;
  const at = { path, value: reference.value, file };
  if (!isPlugin(value)) {
    throw new ConfigError(
      `${source} does not export a plugin as default: write export default definePlugin({ … })`,
      at,
    );
  }
  if (value.kind !== kind) {
    const section = PLUGIN_SECTIONS[value.kind];
    const belongs = section === undefined ? "which this server does not know" : `it belongs under ${section}`;
    throw new ConfigError(`"${value.name}" is ${withArticle(value.kind)} plugin, ${belongs}`, at);
  }
  if (value.contract !== CONTRACT_VERSIONS[kind]) {
    const speaks = `this server speaks version ${CONTRACT_VERSIONS[kind]}`;
    throw new ConfigError(
      `"${value.name}" was built for version ${value.contract} of the ${kind} contract, ${speaks}`,
      at,
    );
  }
  return value;
}

/** The options of an entry as an instance of the plugin's options class; undefined when it has none. */
export function checkPluginOptions(
  options: Constructor | undefined,
  name: string,
  reference: NamedReference,
): object | undefined {
  const { path, origin, options: said } = reference;
  const place = { path: reference.optionsPath ?? `${path}[1]`, origin };
  if (options !== undefined) return checkOptions(options, said, place, `option of "${name}"`);
  const [first] = Object.entries(said);
  if (first === undefined) return undefined;
  throw new ConfigError(`"${name}" takes no options`, {
    path: `${place.path}.${first[0]}`,
    value: first[1],
    file: origin,
  });
}
