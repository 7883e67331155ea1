import { isJsonObject, type JsonObject, type JsonValue, jsonTypeName, setOwn } from "@quarterdeck/meta";
import { MalformedValueError, type StructuralSchema, valueText } from "@quarterdeck/scheme";
import { goType } from "../patch/go-text.js";
import { DecodeError } from "./decode-error.js";

const INT32 = 2 ** 31;

/** The kind of a value, as Go's reflection calls it. */
function goKind(value: JsonValue): string {
  if (Array.isArray(value)) return "slice";
  return isJsonObject(value) ? "map" : goType(value);
}

/** Numbers become other numbers, if they can; between all else there is no way at all. */
function notConvertible(value: JsonValue, kind: string, type: string): DecodeError {
  const numbers = kind === "int32" || kind === "int64" || (kind === "string" && goType(value) === "int64");
  if (typeof value === "number" && numbers) return new DecodeError(`cannot convert ${goType(value)} to ${type}`);
  return new DecodeError(`unrecognized type: ${kind}`);
}

/** What reads its JSON itself names no field here. */
function notReadable(value: JsonValue, type: string): DecodeError {
  const large = typeof value === "number" && Number.isInteger(value);
  return new DecodeError(
    `json: cannot unmarshal ${large && type === "int32" ? `number ${value}` : jsonTypeName(value)} into Go value of type ${type}`,
  );
}

function checkText(form: NonNullable<StructuralSchema["form"]>, value: JsonValue, before: string): void {
  if (form === "json") return;
  try {
    if (valueText(form, value) === undefined) throw notReadable(value, "string");
  } catch (error) {
    throw error instanceof MalformedValueError ? new DecodeError(`${before}${error.message}`) : error;
  }
}

/** Bytes may also be a list of their numbers. */
function restoreBytes(value: JsonValue): JsonValue {
  if (typeof value === "string") {
    checkText("bytes", value, "error decoding from json: ");
    return value;
  }
  if (!Array.isArray(value)) throw new DecodeError(`cannot restore slice from ${goKind(value)}`);
  const bytes = value.map((one) => {
    if (typeof one === "number" && Number.isInteger(one)) return one;
    throw notConvertible(one ?? null, "uint8", "uint8");
  });
  return Buffer.from(bytes).toString("base64");
}

function restoreInteger({ format = "int64", go }: StructuralSchema, value: JsonValue): JsonValue {
  const isWhole = typeof value === "number" && Number.isInteger(value);
  if (!isWhole) throw notConvertible(value, format, go?.type ?? format);
  // Go's conversion keeps the last bits of what is too large.
  return format === "int32" ? value | 0 : value;
}

function restoreList(items: StructuralSchema | undefined, value: JsonValue): JsonValue {
  if (!Array.isArray(value)) throw new DecodeError(`cannot restore slice from ${goKind(value)}`);
  return items === undefined ? value : value.map((one) => restore(items, one));
}

function restoreMap(values: StructuralSchema, value: JsonValue): JsonValue {
  if (!isJsonObject(value)) throw new DecodeError(`cannot restore map from ${goKind(value)}`);
  const result: JsonObject = {};
  for (const key of Object.keys(value)) setOwn(result, key, restore(values, value[key] ?? null));
  return result;
}

function restoreStruct(properties: StructuralSchema["properties"], value: JsonValue): JsonValue {
  if (!isJsonObject(value)) throw new DecodeError(`cannot restore struct from: ${goKind(value)}`);
  const result = { ...value };
  for (const [name, property] of Object.entries(properties ?? {})) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member !== undefined) setOwn(result, name, restore(property, member));
  }
  return result;
}

function restoreIntOrString(value: JsonValue): JsonValue {
  const isInt32 = typeof value === "number" && Number.isInteger(value) && value >= -INT32 && value < INT32;
  if (typeof value !== "string" && !isInt32) throw notReadable(value, "int32");
  return value;
}

function restore(schema: StructuralSchema, value: JsonValue): JsonValue {
  const { type, form, go, properties, additionalProperties } = schema;
  if (value === null) return value;
  if (form === "bytes") return restoreBytes(value);
  if (form !== undefined) {
    checkText(form, value, "");
    return value;
  }
  if (schema["x-kubernetes-int-or-string"]) return restoreIntOrString(value);
  switch (type) {
    case "string":
      if (typeof value !== "string") throw notConvertible(value, "string", go?.type ?? "string");
      return value;
    case "boolean":
      if (typeof value !== "boolean") throw notConvertible(value, "bool", go?.type ?? "bool");
      return value;
    case "integer":
      return restoreInteger(schema, value);
    case "number":
      if (typeof value !== "number") throw notConvertible(value, "float64", go?.type ?? "float64");
      return value;
    case "array":
      return restoreList(schema.items, value);
    case "object":
      if (properties === undefined && typeof additionalProperties === "object")
        return restoreMap(additionalProperties, value);
      return restoreStruct(properties, value);
    default:
      return value;
  }
}

/**
 * Brings a document to the types of a schema as upstream's `runtime.FromUnstructured` does: it is laxer than the JSON decoder
 * (numbers lose the bits that are too many), and says in other words what does not fit, without a path. Throws a
 * {@link DecodeError}.
 */
export function fromUnstructured(schema: StructuralSchema, document: JsonObject): JsonObject {
  const restored = restoreStruct(schema.properties, document);
  return isJsonObject(restored) ? restored : document;
}
