import { ConfigError } from "../config/config-error.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import { loadPlugin, type PluginSearch } from "../plugin/load-plugin.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import type { RuleProvider } from "./encryption-rules.js";
import type { GroupResource } from "./group-resource.js";
import { readEncryption } from "./read-encryption.js";

/** A provider whose plugin is found and whose options are checked. */
export type LoadedProvider = "identity" | LoadedService<"encryption">;

/** A rule with its providers loaded but not made. */
export interface LoadedRule {
  readonly resources: readonly GroupResource[];
  readonly providers: readonly LoadedProvider[];
}

/** An error without the value it is about, since that may be a key. */
function withoutValue(error: unknown): unknown {
  if (!ConfigError.is(error) || error.value === undefined) return error;
  const { message, path, file, nearest } = error;
  return new ConfigError(message, { path, file, nearest });
}

/** The rules of the encryption configuration, and which content of its file they are from. */
export interface LoadedEncryption {
  readonly rules: readonly LoadedRule[];
  readonly digest: string | undefined;
}

async function loadProvider(provider: RuleProvider, search: PluginSearch): Promise<LoadedProvider> {
  if (provider === "identity") return provider;
  return loadPlugin("encryption", provider, search).catch((error: unknown) => {
    throw withoutValue(error);
  });
}

/** Reads the encryption configuration and loads its providers; undefined when the config names none. */
export async function loadEncryption(
  config: Pick<ResolvedConfig, "encryption" | "directory">,
  search: PluginSearch,
): Promise<LoadedEncryption | undefined> {
  const read = await readEncryption(config);
  if (read === undefined) return undefined;
  const { rules, digest } = read;
  const loaded: LoadedRule[] = [];
  for (const { resources, providers } of rules) {
    const all: LoadedProvider[] = [];
    for (const provider of providers) all.push(await loadProvider(provider, search));
    loaded.push({ resources, providers: all });
  }
  return Object.freeze({ rules: loaded, digest });
}
