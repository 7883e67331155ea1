import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { LAYOUTS } from "./layouts.js";

/** A field of a struct: its name there and in the API, what it holds. */
interface InnerField {
  /** Empty for a struct whose fields stand in this one. */
  readonly name: string;
  readonly apiName: string;
  /** The struct that it holds, one or a list of; none where the value is as it is in the API. */
  readonly struct: string | undefined;
  readonly holds: "one" | "pointer" | "list" | "map";
  /** What stands there when nobody said anything. */
  readonly zero: JsonValue;
}

/** Kubernetes has no such struct, or none that its messages print: a defect of this package. */
class UnknownStructError extends Error {
  override readonly name = "UnknownStructError";
}

const ZEROS: { readonly [letter: string]: JsonValue } = { s: "", q: "0", "0": 0, f: false, n: null };

let lines: Map<string, string> | undefined;
const layouts = new Map<string, readonly InnerField[]>();

function readField(text: string): InnerField {
  const [names = "", form = ""] = text.split(":");
  const [name = "", apiName = name.slice(0, 1).toLowerCase() + name.slice(1)] = names.split("/");
  if (form === "m") return { name, apiName, struct: undefined, holds: "map", zero: null };
  if (form.length === 1) return { name, apiName, struct: undefined, holds: "one", zero: ZEROS[form] ?? null };
  if (form.startsWith("*")) return { name, apiName, struct: form.slice(1), holds: "pointer", zero: null };
  if (form.startsWith("[]")) return { name, apiName, struct: form.slice(2), holds: "list", zero: null };
  return { name, apiName, struct: form, holds: "one", zero: null };
}

/** The fields of a struct; the table is read when first a message prints one. */
function layout(struct: string): readonly InnerField[] {
  const known = layouts.get(struct);
  if (known !== undefined) return known;
  lines ??= new Map(
    LAYOUTS.trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(" ")), line]),
  );
  const line = lines.get(struct);
  if (line === undefined) throw new UnknownStructError(`no message prints a ${struct}`);
  const fields = line.split(" ").slice(1).map(readField);
  layouts.set(struct, fields);
  return fields;
}

/** Defaults stand behind what was there; Go prints the keys of a map in their order. */
function sorted(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function memberOf({ struct, holds, zero }: InnerField, value: unknown): unknown {
  if (value === undefined || value === null)
    return holds === "one" && struct !== undefined ? innerObject(struct, {}) : zero;
  if (holds === "map") return isJsonObject(value) ? sorted(value) : value;
  if (struct === undefined) return value;
  if (holds === "list") return Array.isArray(value) ? value.map((one) => innerObject(struct, one)) : value;
  return innerObject(struct, value);
}

/**
 * A value of the API as kube-apiserver keeps it in memory, which is how its messages print it: with the names of Go, in the order of the
 * struct, and with all that nobody said. `struct` is the name of one of the core group, such as `PodSpec`.
 */
export function innerObject(struct: string, value: unknown): { readonly [name: string]: unknown } {
  const given: JsonObject = isJsonObject(value) ? value : {};
  const inner: { [name: string]: unknown } = {};
  for (const field of layout(struct)) {
    const one = Object.hasOwn(given, field.apiName) ? given[field.apiName] : undefined;
    if (field.name === "") Object.assign(inner, one);
    else inner[field.name] = memberOf(field, one);
  }
  return inner;
}
