import { isJsonObject } from "@quarterdeck/meta";
import { nearest } from "@quarterdeck/scheme";
import { ConfigError } from "./config-error.js";
import { type Place, pluginReference } from "./plugin-reference.js";
import type { ResolvedChainEdit } from "./resolved-config.js";

const PLACES = ["before", "after", "replace"] as const;
const KEYS = ["before", "after", "replace", "remove", "use"];

function chainEdit(value: unknown, { path, origin: file }: Place): ResolvedChainEdit {
  if (!isJsonObject(value)) {
    throw new ConfigError("must be { before | after | replace: filter, use: plugin } or { remove: filter }", {
      path,
      value,
      file,
    });
  }
  for (const key of Object.keys(value)) {
    if (KEYS.includes(key)) continue;
    throw new ConfigError("unknown key", {
      path: `${path}.${key}`,
      value: value[key],
      file,
      nearest: nearest(key, KEYS),
    });
  }
  const named = [...PLACES, "remove" as const].filter((key) => value[key] !== undefined);
  const [place] = named;
  if (place === undefined || named.length > 1) {
    throw new ConfigError("must say exactly one of before, after, replace and remove", { path, value, file });
  }
  const filter = value[place];
  if (typeof filter !== "string")
    throw new ConfigError("must be the name of a filter", { path: `${path}.${place}`, value: filter, file });
  if (place === "remove") {
    if (value.use !== undefined)
      throw new ConfigError("remove takes no plugin", { path: `${path}.use`, value: value.use, file });
    return Object.freeze({ path, remove: filter });
  }
  if (value.use === undefined) throw new ConfigError("says no plugin to use", { path, value, file });
  return Object.freeze({ path, place, filter, use: pluginReference(value.use, { path: `${path}.use`, origin: file }) });
}

/** Reads the `filters` section: edits of the default chain, in order. */
export function chainEdits(value: unknown, place: Place): readonly ResolvedChainEdit[] {
  if (!Array.isArray(value)) throw new ConfigError("must be a list", { path: place.path, value, file: place.origin });
  return Object.freeze(
    value.map((one, index) => chainEdit(one, { path: `${place.path}[${index}]`, origin: place.origin })),
  );
}
