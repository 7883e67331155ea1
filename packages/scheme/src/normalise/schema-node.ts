import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import type { GoPlace } from "@quarterdeck/sdk";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { cloneJson } from "./clone-json.js";
import { goTypeCheck } from "./go-type-check.js";
import { compileObject, type SchemaNode } from "./object-node.js";
import { MalformedValueError, type TextForm, valueText } from "./value-form.js";
import { reportGoType, reportType, startWalk, type Walk } from "./walk.js";

type Normalise = SchemaNode["normalise"];

function mismatch(value: JsonValue, walk: Walk, expected: string): JsonValue {
  reportType(walk, value, expected);
  return cloneJson(value, "sorted");
}

function isWhole(value: JsonValue): boolean {
  return typeof value === "number" && Number.isSafeInteger(value);
}

const anything: Normalise = (value) => cloneJson(value, "sorted");
const asItIs: Normalise = (value) => cloneJson(value);
const string: Normalise = (value, walk) => (typeof value === "string" ? value : mismatch(value, walk, "string"));
const boolean: Normalise = (value, walk) => (typeof value === "boolean" ? value : mismatch(value, walk, "boolean"));
const integer: Normalise = (value, walk) => (isWhole(value) ? value : mismatch(value, walk, "integer"));
const number: Normalise = (value, walk) =>
  typeof value === "number" && Number.isFinite(value) ? value : mismatch(value, walk, "number");
const integerOrString: Normalise = (value, walk) =>
  typeof value === "string" || isWhole(value) ? value : mismatch(value, walk, "integer,string");

/** A malformed value is told in the words of Go's decoder, which name no field. */
function formed(form: TextForm, expected: string): Normalise {
  return (value, walk) => {
    try {
      return valueText(form, value) ?? mismatch(value, walk, expected);
    } catch (error) {
      if (!(error instanceof MalformedValueError)) throw error;
      walk.errors.add("FieldValueTypeInvalid", "", error.message);
      return value;
    }
  };
}

/** Wrong types are told as Go's decoder tells them. */
function inGoWords(normalise: Normalise, place: GoPlace, fits: (value: JsonValue) => boolean): Normalise {
  return (value, walk) => {
    if (fits(value)) return normalise(value, walk);
    reportGoType(walk, value, place);
    return cloneJson(value, "sorted");
  };
}

function nullItem(items: SchemaNode, walk: Walk): JsonValue {
  if (items.nullable || items.zero === "null" || (items.makeDefault === undefined && items.expected === undefined))
    return null;
  return items.makeDefault?.() ?? mismatch(null, walk, items.expected ?? "");
}

function compileArray(schema: StructuralSchema): Normalise {
  const items = schema.items === undefined ? undefined : compileNode(schema.items);
  return (value, walk) => {
    if (!Array.isArray(value)) return mismatch(value, walk, "array");
    if (items === undefined) return cloneJson(value, "sorted");
    const result: JsonValue[] = [];
    const { depth } = walk;
    walk.depth = depth + 1;
    for (let index = 0; index < value.length; index++) {
      const item = value[index] ?? null;
      walk.path[depth] = index;
      result.push(item === null ? nullItem(items, walk) : items.normalise(item, walk));
    }
    walk.depth = depth;
    return result;
  };
}

function compileTyped(schema: StructuralSchema): Normalise {
  if (schema.form === "json") return asItIs;
  if (schema.form !== undefined) return formed(schema.form, expectedType(schema) ?? "string");
  switch (schema.type) {
    case "string":
      return string;
    case "boolean":
      return boolean;
    case "integer":
      return integer;
    case "number":
      return number;
    case "array":
      return compileArray(schema);
    case "object": {
      const rebuild = compileObject(schema, compileNode);
      return (value, walk) => (isJsonObject(value) ? rebuild(value, walk) : mismatch(value, walk, "object"));
    }
    default:
      return compileUntyped(schema);
  }
}

function compileUntyped(schema: StructuralSchema): Normalise {
  if (schema["x-kubernetes-int-or-string"]) return integerOrString;
  if (schema.properties === undefined && schema.additionalProperties === undefined) return anything;
  const rebuild = compileObject(schema, compileNode);
  return (value, walk) => (isJsonObject(value) ? rebuild(value, walk) : cloneJson(value, "sorted"));
}

/** What a type check calls the type of a schema; undefined when any type will do. */
export function expectedType(schema: StructuralSchema): string | undefined {
  return schema["x-kubernetes-int-or-string"] ? "integer,string" : schema.type;
}

/** Schemas are shared between kinds, and so is what is made of them. */
const nodes = new WeakMap<StructuralSchema, SchemaNode>();

/** Compiles one place of a schema and all below it. */
export function compileNode(schema: StructuralSchema): SchemaNode {
  let node = nodes.get(schema);
  if (node === undefined) {
    const typed = compileTyped(schema);
    const normalise = schema.go === undefined ? typed : inGoWords(typed, schema.go, goTypeCheck(schema));
    node = {
      nullable: schema.nullable === true,
      expected: expectedType(schema),
      makeDefault: compileDefault(schema, normalise),
      zero: schema.zero,
      normalise,
    };
    nodes.set(schema, node);
  }
  return node;
}

function compileDefault(schema: StructuralSchema, normalise: Normalise): (() => JsonValue) | undefined {
  if (schema.default === undefined || schema.default === null) return undefined;
  // A default that is left out again, which only keys of lists are read with.
  if (schema.zero === "omit" && !schema.default) return undefined;
  const complete = normalise(schema.default, startWalk());
  return typeof complete === "object" ? () => cloneJson(complete) : () => complete;
}
