import { isJsonObject } from "@quarterdeck/meta";
import { type Constructor, isPlugin, type Plugin, resourceRecord } from "@quarterdeck/sdk";
import { ConfigError } from "./config-error.js";
import type { NamedReference } from "./resolved-config.js";

/** Where a value stands and which file says so. */
export interface Place {
  readonly path: string;
  readonly origin: string;
}

/** True for classes and old-style constructor functions. */
export function isConstructor(value: unknown): value is Constructor {
  return typeof value === "function" && typeof value.prototype === "object";
}

/** A module object of `import * as x` or `await import()` is taken for its default export. */
function unwrap(value: unknown): unknown {
  return typeof value === "object" && value !== null && !isPlugin(value) && "default" in value ? value.default : value;
}

function target(value: unknown, classes: boolean): string | Plugin | Constructor | undefined {
  const candidate = unwrap(value);
  if (typeof candidate === "string") return candidate === "" ? undefined : candidate;
  if (isPlugin(candidate)) return candidate;
  return classes && isConstructor(candidate) && resourceRecord(candidate) !== undefined ? candidate : undefined;
}

/** Reads one entry that names a plugin (or, with `classes`, a resource class); nothing is loaded yet. */
export function pluginReference(value: unknown, place: Place, classes = false): NamedReference {
  const { path, origin } = place;
  const [named, options = {}, ...rest]: readonly unknown[] = Array.isArray(value) ? value : [value];
  const found = target(named, classes);
  if (found === undefined || rest.length > 0) {
    const what = classes ? "a name, a path, a decorated class" : "a plugin name, a path, a plugin";
    const message =
      named !== null && typeof named === "object"
        ? "this is no plugin; it is made by definePlugin and its module exports it as default"
        : `must be ${what} or [name, options]`;
    throw new ConfigError(message, { path, value, file: origin });
  }
  if (!isJsonObject(options))
    throw new ConfigError("the options must be an object", { path: `${path}[1]`, value: options, file: origin });
  return Object.freeze({ path, value: named, target: found, options, origin });
}

/** Reads a list of entries; `path` is the section's. */
export function pluginReferences(value: unknown, place: Place, classes = false): readonly NamedReference[] {
  if (!Array.isArray(value)) throw new ConfigError("must be a list", { path: place.path, value, file: place.origin });
  return Object.freeze(
    value.map((one, index) => pluginReference(one, { path: `${place.path}[${index}]`, origin: place.origin }, classes)),
  );
}
