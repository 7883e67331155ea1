import type { StructuralSchema } from "@quarterdeck/scheme";
import { type FieldShape, type MessageShape, messageShape } from "@quarterdeck/sdk";
import { OBJECT_META } from "./meta-messages.js";

const METADATA: FieldShape = { name: "metadata", number: 1, value: OBJECT_META, repeat: "one", zero: "keep" };
const ROOT: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"]);

type Value = FieldShape["value"];

function stringValue(format: string | undefined): Value {
  if (format === "byte") return "bytes";
  // Both of Time and MicroTime are `date-time`; a Time never has a fraction.
  if (format === "date-time") return "any-time";
  return format === "quantity" ? "quantity" : "string";
}

/** The value of one item; undefined for what protobuf cannot nest, such as a list of lists. */
function itemValue(schema: StructuralSchema, name: string): Value | undefined {
  // A quantity may be a bare number in JSON.
  if (schema["x-kubernetes-int-or-string"]) return schema.format === "quantity" ? "quantity" : "int-or-string";
  switch (schema.type) {
    case "string":
      return stringValue(schema.format);
    case "integer":
      return schema.format === "int32" ? "int32" : "int64";
    case "number":
      return schema.format === "float" ? "float" : "double";
    case "boolean":
      return "bool";
    case "array":
      return undefined;
    default:
      if (schema.properties !== undefined) return messageOf(schema, schema.className ?? name);
      if (schema.additionalProperties !== undefined) return undefined;
      return schema["x-kubernetes-preserve-unknown-fields"] || schema["x-kubernetes-embedded-resource"]
        ? "json"
        : undefined;
  }
}

function isStrings({ type, items }: StructuralSchema): boolean {
  return type === "array" && items?.type === "string" && items.format === undefined;
}

function fieldOf(name: string, number: number, schema: StructuralSchema, required: boolean): FieldShape | undefined {
  const { items, additionalProperties } = schema;
  const isMap = schema.properties === undefined && typeof additionalProperties === "object";
  const item = schema.type === "array" ? items : isMap ? additionalProperties : schema;
  const value = item === undefined ? undefined : isMap && isStrings(item) ? "strings" : itemValue(item, name);
  if (value === undefined) return undefined;
  const repeat = schema.type === "array" ? "list" : isMap ? "map" : "one";
  return { name, number, value, repeat, zero: required ? "keep" : "omit" };
}

function messageOf(
  schema: StructuralSchema,
  name: string,
  except: ReadonlySet<string> = new Set(),
  given: readonly FieldShape[] = [],
): MessageShape | undefined {
  const { properties = {}, required = [], protoFields = {} } = schema;
  const fields = [...given];
  for (const [property, inner] of Object.entries(properties)) {
    if (except.has(property)) continue;
    const number = Object.hasOwn(protoFields, property) ? protoFields[property] : undefined;
    const field = number === undefined ? undefined : fieldOf(property, number, inner, required.includes(property));
    if (field === undefined || fields.some((other) => other.number === field.number)) return undefined;
    fields.push(field);
  }
  return messageShape(name, fields);
}

/**
 * The message of a whole object: metadata is its field 1, the others have the numbers of `@Field({ proto })`. Undefined
 * when any field at any depth has no number or cannot be said in protobuf, since such a kind would lose data on the way.
 */
export function schemaMessage(schema: StructuralSchema, kind: string): MessageShape | undefined {
  if (schema.protoFields === undefined) return undefined;
  return messageOf(schema, kind, ROOT, [METADATA]);
}
