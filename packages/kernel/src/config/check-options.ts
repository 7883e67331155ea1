import { type FieldError, isJsonObject, type JsonObject } from "@quarterdeck/meta";
import { compileOptions, nearest, type StructuralSchema } from "@quarterdeck/scheme";
import type { Constructor } from "@quarterdeck/sdk";
import { ConfigError } from "./config-error.js";
import type { Place } from "./plugin-reference.js";

/** The parts of `a.b[0].c`: names and indexes. */
function steps(path: string): readonly string[] {
  return path.match(/[^.[\]]+/g) ?? [];
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const step of steps(path)) {
    if (Array.isArray(at)) at = at[Number(step)];
    else if (isJsonObject(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

/** The known names beside the last part of a path. */
function siblings(schema: StructuralSchema, path: string): readonly string[] {
  let at: StructuralSchema | undefined = schema;
  for (const step of steps(path).slice(0, -1)) {
    const properties: { readonly [name: string]: StructuralSchema } = at?.properties ?? {};
    at = Object.hasOwn(properties, step) ? properties[step] : at?.items;
  }
  return Object.keys(at?.properties ?? {});
}

function join(path: string, field: string): string {
  return field === "" ? path : field.startsWith("[") ? `${path}${field}` : `${path}.${field}`;
}

/** The error's text without the value, which the line shows anyhow, and in the case of a sentence's middle. */
function wording(error: FieldError): string {
  const text = error.message.replace(/^(?:Invalid|Unsupported|Duplicate) value: (?:"(?:[^"\\]|\\.)*"|[^:]*): /, "");
  const bare = text.replace(/^\S+ in body /, "");
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}

/**
 * Checks a section of the config, or the options of a plugin, against a class with `@Field`s: an instance with the
 * defaults filled in. Throws the first mistake; `what` says what is unknown when a key is.
 */
export function checkOptions<T extends object>(cls: Constructor<T>, value: JsonObject, place: Place, what = "key"): T {
  const { path, origin: file } = place;
  const options = compileOptions(cls);
  const { value: checked, unknown, errors } = options.check(value);
  const [stranger] = unknown;
  if (stranger !== undefined) {
    const last = steps(stranger).at(-1) ?? stranger;
    throw new ConfigError(`unknown ${what} "${last}"`, {
      path: join(path, stranger),
      value: valueAt(value, stranger),
      file,
      nearest: nearest(last, siblings(options.schema, stranger)),
    });
  }
  const [error] = errors.list;
  if (error !== undefined) {
    throw new ConfigError(wording(error), { path: join(path, error.field), value: valueAt(value, error.field), file });
  }
  return checked;
}
