import type { JsonValue } from "@quarterdeck/meta";
import type { CelRule } from "@quarterdeck/sdk";
import { nearest } from "../definition/nearest.js";
import type { Place } from "../definition/place.js";
import { formatCheck, KNOWN_FORMATS } from "../format/format-check.js";
import { compileNode } from "../normalise/schema-node.js";
import { startWalk } from "../normalise/walk.js";
import { compileValidator } from "../validate/compile-validator.js";
import { hasNestedRepetition } from "../validate/nested-repetition.js";
import { compilePattern, PatternError } from "../validate/pattern.js";
import { checkListType } from "./check-list-type.js";
import { checkPatchStrategy } from "./check-patch-strategy.js";
import type { StructuralSchema } from "./structural-schema.js";

const COUNTS = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"] as const;

const RANGES = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
  ["minimum", "maximum"],
] as const;

const NUMERIC_FORMATS = new Set(["int32", "int64", "float", "double"]);

function checkBounds(schema: StructuralSchema, place: Place): void {
  for (const word of COUNTS) {
    const count = schema[word];
    if (count !== undefined && (!Number.isInteger(count) || count < 0)) {
      throw place.mistake(`${word} must be a whole number that is not negative`, count);
    }
  }
  for (const [low, high] of RANGES) {
    const least = schema[low];
    const most = schema[high];
    if (least !== undefined && most !== undefined && least > most)
      throw place.mistake(`${low} is above ${high}`, least);
  }
  const { multipleOf } = schema;
  if (multipleOf !== undefined && !(multipleOf > 0)) throw place.mistake("multipleOf must be positive", multipleOf);
  if (schema.exclusiveMinimum && schema.minimum === undefined) throw place.mistake("exclusiveMinimum needs minimum");
  if (schema.exclusiveMaximum && schema.maximum === undefined) throw place.mistake("exclusiveMaximum needs maximum");
  if (schema.enum?.length === 0) throw place.mistake("enum allows no value");
}

function checkPattern(pattern: string, place: Place): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError)
      throw place.mistake(`the pattern is no regular expression (${error.message})`, pattern);
    throw error;
  }
  if (hasNestedRepetition(pattern)) {
    throw place.mistake("the pattern repeats a repetition, which can take exponential time", pattern);
  }
}

/** Formats nobody checks may be anything, as upstream; one that looks like a slip of the pen may not. */
function checkFormat(format: string, place: Place): void {
  if (formatCheck(format) !== undefined || NUMERIC_FORMATS.has(format)) return;
  if (nearest(format, KNOWN_FORMATS) !== undefined) throw place.mistake("unknown format", format, KNOWN_FORMATS);
}

function checkShape(schema: StructuralSchema, place: Place): void {
  const { type, items, properties, additionalProperties } = schema;
  if (type === "array" && items === undefined) throw place.mistake("an array must say what its items are");
  if (type !== undefined && type !== "array" && items !== undefined)
    throw place.mistake("items are for arrays, not for", type);
  if (type !== undefined && type !== "object" && (properties ?? additionalProperties) !== undefined) {
    throw place.mistake("properties and additionalProperties are for objects, not for", type);
  }
  if (
    type !== undefined &&
    properties !== undefined &&
    additionalProperties !== undefined &&
    additionalProperties !== false
  ) {
    throw place.mistake("properties and additionalProperties exclude each other");
  }
  const embedded = schema["x-kubernetes-embedded-resource"];
  if (embedded && properties === undefined && !schema["x-kubernetes-preserve-unknown-fields"]) {
    throw place.mistake("an embedded resource needs properties or preserveUnknownFields");
  }
  if (schema["x-kubernetes-map-type"] !== undefined && type !== "object") throw place.mistake("mapType is for objects");
}

function checkDefault(schema: StructuralSchema, value: JsonValue, place: Place): void {
  if (value === null) {
    if (schema.nullable) return;
    throw place.mistake("the default is null but the field is not nullable");
  }
  const { default: _, ...rest } = schema;
  const walk = startWalk();
  walk.path[walk.depth++] = "default";
  const complete = compileNode(rest).normalise(value, walk);
  if (walk.errors.empty) compileValidator(rest)(complete, walk);
  const [unknown] = walk.unknown;
  const [error] = walk.errors.list;
  if (unknown !== undefined)
    throw place.mistake(`the default has a field that the schema does not know (${unknown})`, value);
  if (error !== undefined) throw place.mistake(`the default does not match its schema (${error.message})`, value);
}

/** Checks one place of a compiled schema; the places below it have been checked before. */
export function checkSchema(schema: StructuralSchema, place: Place): void {
  checkBounds(schema, place);
  checkShape(schema, place);
  if (schema.pattern !== undefined) checkPattern(schema.pattern, place);
  if (schema.format !== undefined) checkFormat(schema.format, place);
  checkListType(schema, place);
  checkPatchStrategy(schema, place);
  if (schema.default !== undefined) checkDefault(schema, schema.default, place);
}

/** CEL rules are recorded, not compiled; only an empty one is refused. */
export function checkRules(rules: readonly CelRule[], place: Place): readonly CelRule[] {
  for (const { rule } of rules) {
    if (typeof rule !== "string" || rule.trim() === "") throw place.mistake("a rule needs a CEL expression", rule);
  }
  return rules;
}
