import { isJsonObject, type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import type { Random } from "../process/random.js";

/** How far an object may stray. */
export interface Straying {
  readonly nulls: boolean;
  /** Items that are in a set or an associative list twice. */
  readonly duplicates: boolean;
}

const STRINGS = ["", "x", "y", "z", "ü", "😀", "\ufb00", "<&>", 'q"\\\n'];
const NUMBERS = [0, 1, 2, -1, 1.5, 3000000, 1e21, 1e-7];
const KEYS = ["x", "y", "z", "a.b/c", "__proto__", "é", "😀", "\ufb00"];

function scalar(random: Random, schema: StructuralSchema): JsonValue {
  switch (schema.type) {
    case "string":
      return random.pick(random.chance(0.9) ? ["x", "y", "z"] : STRINGS);
    case "integer":
      return random.pick(random.chance(0.9) ? [1, 2, 3] : NUMBERS.filter(Number.isSafeInteger));
    case "number":
      return random.pick(NUMBERS);
    case "boolean":
      return random.chance(0.5);
    default:
      return random.pick<JsonValue>(["x", "y", 1, 2]);
  }
}

function anything(random: Random, depth: number): JsonValue {
  if (depth <= 0 || random.chance(0.3)) return random.pick<JsonValue>(["x", 1, 2, true, null, {}, []]);
  if (random.chance(0.3)) return Array.from({ length: random.below(3) }, () => anything(random, depth - 1));
  return anyObject(random, depth);
}

function anyObject(random: Random, depth: number): JsonObject {
  const object: JsonObject = {};
  for (const key of random.some(KEYS.slice(0, 4))) setOwn(object, key, anything(random, depth - 1));
  return object;
}

function object(random: Random, schema: StructuralSchema, straying: Straying): JsonObject {
  const result: JsonObject = {};
  const keys = new Set(schema["x-kubernetes-list-map-keys"] ?? []);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (keys.has(name) || random.chance(0.6)) setOwn(result, name, randomValue(random, property, straying));
  }
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") {
    for (const key of random.some(KEYS)) setOwn(result, key, randomValue(random, additionalProperties, straying));
  }
  if (schema["x-kubernetes-embedded-resource"]) Object.assign(result, randomMeta(random), { apiVersion: "v1" });
  if (
    schema["x-kubernetes-preserve-unknown-fields"] ||
    (schema.properties === undefined && additionalProperties === undefined)
  ) {
    for (const [key, value] of Object.entries(anyObject(random, 3))) {
      if (!Object.hasOwn(schema.properties ?? {}, key)) setOwn(result, key, value ?? null);
    }
  }
  return result;
}

function item(random: Random, schema: StructuralSchema, straying: Straying): JsonValue {
  const items = schema.items ?? {};
  const value = randomValue(random, items, { ...straying, nulls: false });
  if (schema["x-kubernetes-list-type"] !== "map" || !isJsonObject(value)) return value;
  for (const name of schema["x-kubernetes-list-map-keys"] ?? []) {
    const key = items.properties?.[name] ?? {};
    if (key.default !== undefined && random.chance(0.3)) delete value[name];
    else setOwn(value, name, scalar(random, key));
  }
  return value;
}

function identity(schema: StructuralSchema, value: JsonValue): string {
  if (!isJsonObject(value)) return JSON.stringify(value);
  const properties = schema.items?.properties ?? {};
  return JSON.stringify(
    (schema["x-kubernetes-list-map-keys"] ?? []).map((name) => value[name] ?? properties[name]?.default),
  );
}

function list(random: Random, schema: StructuralSchema, straying: Straying): JsonValue {
  const result = Array.from({ length: random.below(5) }, () => item(random, schema, straying));
  if ((schema["x-kubernetes-list-type"] ?? "atomic") === "atomic" || (straying.duplicates && random.chance(0.3)))
    return result;
  const seen = new Set<string>();
  return result.filter((one) => !seen.has(identity(schema, one)) && seen.add(identity(schema, one)));
}

/** A value for a place of a schema, out of so few that two are often alike. */
function randomValue(random: Random, schema: StructuralSchema, straying: Straying): JsonValue {
  if (straying.nulls && random.chance(0.05)) return null;
  if (schema.type === "array") return list(random, schema, straying);
  if (schema.type === "object") return object(random, schema, straying);
  if (schema["x-kubernetes-preserve-unknown-fields"]) return anything(random, 3);
  return scalar(random, schema);
}

function randomMeta(random: Random): JsonObject {
  const owner = (uid: string): JsonObject => ({ apiVersion: "v1", kind: "Thing", name: random.pick(["a", "b"]), uid });
  return {
    metadata: {
      ...(random.chance(0.3)
        ? { labels: Object.fromEntries(random.some(KEYS).map((key) => [key, random.pick(["1", "2"])])) }
        : {}),
      ...(random.chance(0.3) ? { finalizers: random.some(["x/a", "x/b", "x/c"]) } : {}),
      ...(random.chance(0.3) ? { ownerReferences: random.some(["1", "2", "3"]).map(owner) } : {}),
    },
  };
}

/** An object of a schema that was made for one, in a version. */
export function randomObject(
  random: Random,
  schema: StructuralSchema,
  apiVersion: string,
  straying: Straying,
): JsonObject {
  return { apiVersion, kind: "Thing", ...randomMeta(random), ...object(random, schema, straying) };
}

// Upstream writes the keys of an object in no order where it is itself a key: one must do.
const ODDITIES: readonly JsonValue[] = [
  null,
  "x",
  1,
  2.5,
  3000000,
  true,
  [],
  ["x"],
  [["x"]],
  {},
  { x: 1 },
  { y: { z: "x" } },
];

/** An object with something of the wrong kind, unknown or doubled somewhere. */
export function spoil(random: Random, value: JsonObject): JsonObject {
  const spoilt: JsonObject = {};
  const keys = Object.keys(value).filter((key) => key !== "apiVersion" && key !== "kind");
  const chosen = keys.length === 0 ? undefined : random.pick(keys);
  for (const [key, content] of Object.entries(value)) {
    setOwn(spoilt, key, key === chosen ? spoilValue(random, content ?? null) : content);
  }
  if (random.chance(0.1)) setOwn(spoilt, "unheard", 1);
  return spoilt;
}

function spoilValue(random: Random, value: JsonValue): JsonValue {
  if (random.chance(0.2)) return random.pick(ODDITIES);
  if (isJsonObject(value)) return spoil(random, value);
  if (!Array.isArray(value) || value.length === 0) return random.pick(ODDITIES);
  const index = random.below(value.length);
  if (random.chance(0.4)) return [...value, value[index] ?? null];
  return value.map((one, at) => (at === index ? spoilValue(random, one) : one));
}
