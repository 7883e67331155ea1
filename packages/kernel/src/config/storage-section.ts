import { isJsonObject } from "@quarterdeck/meta";
import { nearest } from "@quarterdeck/scheme";
import { isPlugin } from "@quarterdeck/sdk";
import { ConfigError } from "./config-error.js";
import { type Place, pluginReference } from "./plugin-reference.js";
import type { NamedReference, ResolvedEncryption, ResolvedStorageOverride } from "./resolved-config.js";

/** The `storage` section: where objects are kept, and the resources that are kept elsewhere. */
export interface StorageSection {
  readonly use: NamedReference;
  readonly overrides: readonly ResolvedStorageOverride[];
  readonly encryption: ResolvedEncryption | undefined;
}

const KEYS = ["use", "overrides", "encryption"];
/** What an object without `use` means, as a config without the section does. */
const DEFAULT = "level";

function overrides(value: unknown, { path, origin: file }: Place): readonly ResolvedStorageOverride[] {
  if (!isJsonObject(value)) throw new ConfigError("must be an object", { path, value, file });
  return Object.freeze(
    Object.entries(value).map(([resource, use]): ResolvedStorageOverride => {
      const place = { path: `${path}[${JSON.stringify(resource)}]`, origin: file };
      return Object.freeze({ resource, use: pluginReference(use, place) });
    }),
  );
}

function encryption(value: unknown, { path, origin }: Place): ResolvedEncryption | undefined {
  if (value === undefined) return undefined;
  if (isJsonObject(value) || (typeof value === "string" && value !== "")) return { source: value, path, origin };
  throw new ConfigError("must be a file or an EncryptionConfiguration", { path, file: origin });
}

/** Reads the `storage` section: a plugin, or an object with `use`, `overrides` and `encryption`. Whether the resources are served is not known yet. */
export function storageSection(value: unknown, place: Place): StorageSection {
  const plain = !isJsonObject(value) || isPlugin(value) || "default" in value || Object.keys(value).length === 0;
  if (plain) return { use: pluginReference(value, place), overrides: Object.freeze([]), encryption: undefined };
  const { path, origin: file } = place;
  for (const key of Object.keys(value)) {
    if (KEYS.includes(key)) continue;
    throw new ConfigError(`unknown key "${key}"`, {
      path: `${path}.${key}`,
      value: value[key],
      file,
      nearest: nearest(key, KEYS),
    });
  }
  return {
    use: pluginReference(value.use ?? DEFAULT, { path: `${path}.use`, origin: file }),
    overrides: value.overrides === undefined ? [] : overrides(value.overrides, { ...place, path: `${path}.overrides` }),
    encryption: encryption(value.encryption, { ...place, path: `${path}.encryption` }),
  };
}
