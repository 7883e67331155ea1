import type { StructuralSchema } from "@quarterdeck/scheme";
import type { Random } from "../process/random.js";

const SCALARS: readonly StructuralSchema[] = [
  { type: "string" },
  { type: "string", format: "date-time" },
  { type: "string", format: "byte" },
  { type: "integer" },
  { type: "number" },
  { type: "boolean" },
  { "x-kubernetes-int-or-string": true },
];

const NAMES = ["a", "b", "c", "d", "__proto__", "constructor"];

function properties(
  random: Random,
  depth: number,
  extra: Record<string, StructuralSchema> = {},
): Record<string, StructuralSchema> {
  const names = random.some(NAMES, 1);
  return Object.fromEntries([
    ...Object.entries(extra),
    ...names.map((name) => [name, randomSchema(random, depth - 1)]),
  ]);
}

function object(random: Random, depth: number): StructuralSchema {
  return {
    type: "object",
    properties: properties(random, depth),
    ...(random.chance(0.2) ? { "x-kubernetes-map-type": random.chance(0.7) ? "atomic" : "granular" } : {}),
    ...(random.chance(0.15) ? { "x-kubernetes-preserve-unknown-fields": true } : {}),
    ...(random.chance(0.1) ? { nullable: true } : {}),
  };
}

function map(random: Random, depth: number): StructuralSchema {
  return {
    type: "object",
    additionalProperties: randomSchema(random, depth - 1),
    ...(random.chance(0.2) ? { "x-kubernetes-map-type": "atomic" } : {}),
  };
}

function listMap(random: Random, depth: number): StructuralSchema {
  const keys = random.chance(0.5) ? ["k"] : ["k", "j"];
  const keySchemas = Object.fromEntries(
    keys.map((name) => {
      const schema: StructuralSchema = random.pick([{ type: "string" }, { type: "integer" }]);
      const fallback = schema.type === "string" ? "x" : 1;
      return [name, random.chance(0.4) ? { ...schema, default: fallback } : schema];
    }),
  );
  return {
    type: "array",
    items: {
      type: "object",
      properties: properties(random, depth, keySchemas),
      ...(random.chance(0.15) ? { "x-kubernetes-map-type": "atomic" } : {}),
    },
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": keys,
  };
}

function set(random: Random): StructuralSchema {
  return { type: "array", items: random.pick(SCALARS), "x-kubernetes-list-type": "set" };
}

function atomicList(random: Random, depth: number): StructuralSchema {
  return {
    type: "array",
    items: randomSchema(random, depth - 1),
    ...(random.chance(0.5) ? { "x-kubernetes-list-type": "atomic" } : {}),
  };
}

function free(random: Random): StructuralSchema {
  return random.pick<StructuralSchema>([
    { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    { "x-kubernetes-preserve-unknown-fields": true },
    { type: "object" },
    { type: "object", "x-kubernetes-preserve-unknown-fields": true, "x-kubernetes-embedded-resource": true },
  ]);
}

function embedded(random: Random, depth: number): StructuralSchema {
  return { type: "object", "x-kubernetes-embedded-resource": true, properties: properties(random, depth) };
}

/** A schema of a few fields with lists and maps of every type. */
function randomSchema(random: Random, depth: number): StructuralSchema {
  if (depth <= 0 || random.chance(0.25)) return random.pick(SCALARS);
  return random.pick([object, object, map, map, listMap, listMap, set, set, atomicList, free, embedded])(random, depth);
}

/** The schema of an object with `spec`, without apiVersion, kind and metadata. */
export function randomObjectSchema(random: Random): StructuralSchema {
  return {
    type: "object",
    properties: { spec: { type: "object", properties: properties(random, 3) } },
  };
}

/** The same fields with other list and map types here and there, as an author might change them. */
export function changeTypes(random: Random, schema: StructuralSchema): StructuralSchema {
  const { items, properties: declared, additionalProperties, ...rest } = schema;
  const changed: StructuralSchema = {
    ...rest,
    ...(items === undefined ? {} : { items: changeTypes(random, items) }),
    ...(declared === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(declared).map(([name, property]) => [name, changeTypes(random, property)]),
          ),
        }),
    ...(additionalProperties === undefined
      ? {}
      : {
          additionalProperties:
            typeof additionalProperties === "object" ? changeTypes(random, additionalProperties) : additionalProperties,
        }),
  };
  if (!random.chance(0.4)) return changed;
  if (schema.type === "object") {
    const { "x-kubernetes-map-type": type, ...others } = changed;
    return type === "atomic" ? others : { ...others, "x-kubernetes-map-type": "atomic" };
  }
  if (schema.type !== "array") return changed;
  const { "x-kubernetes-list-type": type, "x-kubernetes-list-map-keys": _keys, ...others } = changed;
  if (type === "set" || type === "map") return { ...others, "x-kubernetes-list-type": "atomic" };
  return items?.type === "string" ? { ...others, "x-kubernetes-list-type": "set" } : changed;
}
