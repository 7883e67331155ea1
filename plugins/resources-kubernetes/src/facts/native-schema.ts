import type { JsonValue } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/sdk";
import { descriptionsOf } from "../descriptions/descriptions-of.js";
import { type FieldFact, protoPackage, type TypeFact, typeFact } from "./fact-table.js";
import { type GoType, readGoType, type ScalarName, type SpecialType } from "./go-type.js";

const SCALARS: { readonly [scalar in ScalarName]: StructuralSchema } = {
  string: { type: "string" },
  bool: { type: "boolean" },
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  float64: { type: "number", format: "double" },
};

const ZEROS: { readonly [scalar in ScalarName]: JsonValue } = {
  string: "",
  bool: false,
  int32: 0,
  int64: 0,
  float64: 0,
};

/** Schemas of custom resources contain themselves; inside of one anything may stand. */
const ANY_SCHEMA: StructuralSchema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
const MACHINERY = "io.k8s.apimachinery.pkg";
const EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1";

function anything(name: string): StructuralSchema {
  return { definition: `${EXTENSIONS}.${name}`, "x-kubernetes-preserve-unknown-fields": true };
}

const SPECIALS: { readonly [special in SpecialType]: StructuralSchema } = {
  time: { definition: `${MACHINERY}.apis.meta.v1.Time`, type: "string", format: "date-time", form: "time" },
  "micro-time": {
    definition: `${MACHINERY}.apis.meta.v1.MicroTime`,
    type: "string",
    format: "date-time",
    form: "micro-time",
  },
  duration: { type: "string", form: "duration" },
  quantity: {
    definition: `${MACHINERY}.api.resource.Quantity`,
    type: "string",
    format: "quantity",
    form: "quantity",
  },
  "int-or-string": { definition: `${MACHINERY}.util.intstr.IntOrString`, "x-kubernetes-int-or-string": true },
  json: { ...ANY_SCHEMA, definition: `${MACHINERY}.runtime.RawExtension`, form: "json" },
  "any-json": anything("JSON"),
  "or-bool": anything("JSONSchemaPropsOrBool"),
  "or-array": anything("JSONSchemaPropsOrArray"),
  "or-strings": anything("JSONSchemaPropsOrStringArray"),
};

/** What those read first that read their JSON themselves; undefined of those that tell in their own words what is wrong. */
const SPECIAL_READS: { readonly [special in SpecialType]: string | undefined } = {
  time: "string",
  "micro-time": "string",
  duration: "string",
  quantity: undefined,
  "int-or-string": "int32",
  json: undefined,
  "any-json": undefined,
  "or-bool": undefined,
  "or-array": undefined,
  "or-strings": undefined,
};

/** What the zero value of each is in JSON; null where a struct writes that. */
const SPECIAL_ZEROS: { readonly [special in SpecialType]: JsonValue } = {
  time: null,
  "micro-time": null,
  duration: "0s",
  quantity: "0",
  "int-or-string": 0,
  json: null,
  "any-json": null,
  "or-bool": null,
  "or-array": null,
  "or-strings": null,
};

/** The one time that JSON leaves out when it is zero. */
const OMITTED_TIME = "creationTimestamp";

/** Those that contain themselves; their own schemas describe the first level. */
const RECURSIVE: ReadonlySet<string> = new Set(["apiextensions/v1.JSONSchemaProps"]);

/** Kind and apiVersion of an object; one that stands in another may have none. */
const TYPE_META: { readonly [name: string]: StructuralSchema } = {
  apiVersion: {
    type: "string",
    zero: "omit",
    description: "The group and version of the schema that this object is written in.",
  },
  kind: { type: "string", zero: "omit", description: "The kind of the object, in CamelCase; it cannot be changed." },
};

const schemas = new Map<string, StructuralSchema>();

function isWord(
  strategy: string | undefined,
): strategy is NonNullable<StructuralSchema["x-kubernetes-patch-strategy"]> {
  return strategy === "merge" || strategy === "replace" || strategy === "retainKeys" || strategy === "merge,retainKeys";
}

/** A struct whose fields are collected, within the one whose JSON has them. */
interface Holder {
  readonly fact: TypeFact;
  /** The struct whose JSON has the fields. */
  readonly owner: string;
  /** The structs between the two, and this one. */
  readonly embedded: readonly string[];
}

function goPlace(type: GoType, { owner, embedded }: Holder): StructuralSchema {
  const read = type.kind === "special" ? SPECIAL_READS[type.special] : type.goName;
  if (read === undefined) return {};
  return { go: { owner, type: read, ...(embedded.length === 0 ? {} : { embedded }) } };
}

function valueSchema(type: GoType, holder: Holder): StructuralSchema {
  const { place, name } = holder.fact;
  switch (type.kind) {
    case "scalar":
      return type.values === undefined
        ? SCALARS[type.scalar]
        : { ...SCALARS[type.scalar], enum: [...type.values].sort() };
    case "special":
      return SPECIALS[type.special];
    case "bytes":
      return { type: "string", format: "byte", form: "bytes" };
    case "struct":
      return RECURSIVE.has(type.name) && `${place}.${name}` === type.name
        ? { ...ANY_SCHEMA, definition: `${EXTENSIONS}.JSONSchemaProps` }
        : nativeSchema(type.name);
    case "list":
      return { type: "array", items: itemSchema(type.items, holder) };
    default:
      return { type: "object", additionalProperties: itemSchema(type.values, holder) };
  }
}

/** Bytes that are nil are stored as no bytes. */
function itemZero(type: GoType): JsonValue {
  switch (type.kind) {
    case "scalar":
      return ZEROS[type.scalar];
    case "special":
      return SPECIAL_ZEROS[type.special];
    case "bytes":
      return "";
    default:
      return type.kind === "struct" ? {} : null;
  }
}

/** Items and values of maps: null stands for the zero value. */
function itemSchema(type: GoType, holder: Holder): StructuralSchema {
  const schema = { ...valueSchema(type, holder), ...goPlace(type, holder) };
  const zero = itemZero(type);
  return zero === null ? { ...schema, zero: "null" } : { ...schema, default: zero };
}

/** What becomes of the field when it is not there, or has the zero value. */
function presence({ name, type: expression, omitEmpty, words: { d } }: FieldFact, place: string): StructuralSchema {
  const { pointer, type } = readGoType(expression, place);
  if (pointer) return omitEmpty || d !== undefined ? {} : { zero: "null" };
  if (type.kind === "struct") return { default: {} };
  if (type.kind === "scalar") return omitEmpty ? { zero: "omit" } : { default: ZEROS[type.scalar] };
  if (type.kind !== "special") return { zero: omitEmpty ? "omit" : "null" };
  const zero = SPECIAL_ZEROS[type.special];
  if (zero !== null) return { default: zero };
  return name === OMITTED_TIME ? {} : { zero: "null" };
}

function words({ words: { l, k, m, s, y, d }, type }: FieldFact): StructuralSchema {
  const isList = type.startsWith("[]");
  return {
    ...(l === undefined || !isList ? {} : { "x-kubernetes-list-type": l }),
    ...(k === undefined || !isList ? {} : { "x-kubernetes-list-map-keys": k }),
    ...(m === undefined ? {} : { "x-kubernetes-map-type": m }),
    // Without a word lists are replaced, whatever their list type is.
    ...(isWord(s) ? { "x-kubernetes-patch-strategy": s } : isList ? { "x-kubernetes-patch-strategy": "none" } : {}),
    ...(y === undefined ? {} : { "x-kubernetes-patch-merge-key": y }),
    ...(d === undefined ? {} : { default: d }),
  };
}

/** What is said of a field of a type, and with the empty name of the type itself. */
function said({ place, name }: TypeFact, field: string): string | undefined {
  return descriptionsOf(place)?.[name]?.[field];
}

function fieldSchema(fact: FieldFact, holder: Holder): StructuralSchema {
  const { place } = holder.fact;
  const { type } = readGoType(fact.type, place);
  const description = said(holder.fact, fact.name);
  return {
    ...valueSchema(type, holder),
    ...(description === undefined ? {} : { description }),
    ...goPlace(type, holder),
    ...presence(fact, place),
    ...words(fact),
  };
}

/** The fields of a struct with those of the structs that are inlined in it. */
function collect(holder: Holder, properties: { [name: string]: StructuralSchema }, required: string[]): void {
  for (const fact of holder.fact.fields) {
    if (fact.name === "") {
      const { type } = readGoType(fact.type, holder.fact.place);
      if (type.kind === "struct") collect(within(holder, typeFact(type.name)), properties, required);
      continue;
    }
    properties[fact.name] = fieldSchema(fact, holder);
    if (fact.required) required.push(fact.name);
  }
}

function within({ owner, embedded }: Holder, fact: TypeFact): Holder {
  return { fact, owner, embedded: [...embedded, fact.name] };
}

/** `io.k8s.api.core.v1` for `core/v1`: what OpenAPI calls the package. */
function definitionPrefix(place: string): string {
  return protoPackage(place)
    .replace(/^k8s\.io/, "io.k8s")
    .replaceAll("_", "-");
}

function structSchema(full: string): StructuralSchema {
  const fact = typeFact(full);
  const properties: { [name: string]: StructuralSchema } = {};
  const required: string[] = [];
  const definitionDescription = said(fact, "");
  if (fact.hasTypeMeta)
    for (const [field, schema] of Object.entries(TYPE_META))
      properties[field] = { ...schema, go: { owner: fact.name, type: "string", embedded: ["TypeMeta"] } };
  collect({ fact, owner: fact.name, embedded: [] }, properties, required);
  return {
    type: "object",
    className: fact.name,
    definition: `${definitionPrefix(fact.place)}.${fact.name}`,
    ...(definitionDescription === undefined ? {} : { definitionDescription }),
    ...(fact.mapType === undefined ? {} : { "x-kubernetes-map-type": fact.mapType }),
    properties,
    ...(required.length === 0 ? {} : { required }),
  };
}

/**
 * The schema of a struct such as `core/v1.PodSpec`, made when it is first asked for and shared between all that have it. Zero
 * values are as Go's JSON has them, lists merge as their markers say, values keep the form of their types.
 */
export function nativeSchema(full: string): StructuralSchema {
  let schema = schemas.get(full);
  if (schema === undefined) {
    schema = structSchema(full);
    schemas.set(full, schema);
  }
  return schema;
}
