import { isJsonObject, type JsonObject, type JsonValue, jsonTypeName } from "@quarterdeck/meta";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

/** Where the schemas stand in a definition. */
const PLACE = "spec.versions.schema.openAPIV3Schema";

type Read = (value: JsonValue, path: string) => JsonValue | undefined;

/** A schema in a schema has a field of another type than Go's; the message is that of Go's decoder. */
export class SchemaTypeError extends Error {
  override readonly name = "SchemaTypeError";

  static of(value: JsonValue, path: string, type: string): SchemaTypeError {
    const place = `Go struct field JSONSchemaProps.${path} of type ${type}`;
    return new SchemaTypeError(`json: cannot unmarshal ${jsonTypeName(value)} into ${place}`);
  }
}

const text: Read = (value, path) => {
  if (typeof value !== "string") throw SchemaTypeError.of(value, path, "string");
  return value === "" ? undefined : value;
};

const flag: Read = (value, path) => {
  if (typeof value !== "boolean") throw SchemaTypeError.of(value, path, "bool");
  return value || undefined;
};

/** A flag that says something also when it is false. */
const choice: Read = (value, path) => {
  if (typeof value !== "boolean") throw SchemaTypeError.of(value, path, "bool");
  return value;
};

const number: Read = (value, path) => {
  if (typeof value !== "number") throw SchemaTypeError.of(value, path, "float64");
  return value;
};

const count: Read = (value, path) => {
  if (typeof value !== "number" || !Number.isInteger(value)) throw SchemaTypeError.of(value, path, "int64");
  return value;
};

const anything: Read = (value) => value;

const values: Read = (value, path) => {
  if (!Array.isArray(value)) throw SchemaTypeError.of(value, path, "[]v1.JSON");
  return value.length === 0 ? undefined : value;
};

function list(read: Read): Read {
  return (value, path) => {
    if (!Array.isArray(value)) throw SchemaTypeError.of(value, path, "[]v1.JSONSchemaProps");
    // null in a list is an empty one of what it holds
    const items = value.map((one) => (one === null ? {} : (read(one, path) ?? "")));
    return items.length === 0 ? undefined : items;
  };
}

function named(read: Read): Read {
  return (value, path) => {
    if (!isJsonObject(value)) throw SchemaTypeError.of(value, path, "map[string]v1.JSONSchemaProps");
    const entries = Object.entries(value).map(([name, one = null]) => [
      name,
      one === null ? {} : (read(one, path) ?? {}),
    ]);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
}

const texts: Read = (value, path) => {
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string"))
    throw SchemaTypeError.of(value, path, "[]string");
  return value.length === 0 ? undefined : value;
};

const schema: Read = (value, path) => {
  if (!isJsonObject(value)) throw SchemaTypeError.of(value, path, "v1.JSONSchemaProps");
  return readFields(value, FIELDS, path);
};

const schemaOrFlag: Read = (value, path) => {
  if (typeof value === "boolean") return value;
  if (!isJsonObject(value)) throw new SchemaTypeError("boolean or JSON schema expected");
  return schema(value, path);
};
const schemaOrList: Read = (value, path) => (Array.isArray(value) ? list(schema)(value, path) : schema(value, path));
const schemaOrTexts: Read = (value, path) => (Array.isArray(value) ? texts(value, path) : schema(value, path));

function struct(fields: ReadonlyMap<string, Read>, type: string): Read {
  return (value, path) => {
    if (!isJsonObject(value)) throw SchemaTypeError.of(value, path, type);
    return readFields(value, fields, path);
  };
}

const rule = struct(
  new Map<string, Read>([
    // always there
    ["rule", (value, path) => text(value, path) ?? ""],
    ["message", text],
    ["messageExpression", text],
    ["reason", text],
    ["fieldPath", text],
    ["optionalOldSelf", choice],
  ]),
  "v1.ValidationRule",
);

const documentation = struct(
  new Map<string, Read>([
    ["description", text],
    ["url", text],
  ]),
  "v1.ExternalDocumentation",
);

/** The fields of `JSONSchemaProps`, in Go's order. */
const FIELDS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["id", text],
  ["$schema", text],
  ["$ref", text],
  ["description", text],
  ["type", text],
  ["format", text],
  ["title", text],
  ["default", anything],
  ["maximum", number],
  ["exclusiveMaximum", flag],
  ["minimum", number],
  ["exclusiveMinimum", flag],
  ["maxLength", count],
  ["minLength", count],
  ["pattern", text],
  ["maxItems", count],
  ["minItems", count],
  ["uniqueItems", flag],
  ["multipleOf", number],
  ["enum", values],
  ["maxProperties", count],
  ["minProperties", count],
  ["required", texts],
  ["items", schemaOrList],
  ["allOf", list(schema)],
  ["oneOf", list(schema)],
  ["anyOf", list(schema)],
  ["not", schema],
  ["properties", named(schema)],
  ["additionalProperties", schemaOrFlag],
  ["patternProperties", named(schema)],
  ["dependencies", named(schemaOrTexts)],
  ["additionalItems", schemaOrFlag],
  ["definitions", named(schema)],
  ["externalDocs", documentation],
  ["example", anything],
  ["nullable", flag],
  ["x-kubernetes-preserve-unknown-fields", choice],
  ["x-kubernetes-embedded-resource", flag],
  ["x-kubernetes-int-or-string", flag],
  ["x-kubernetes-list-map-keys", texts],
  ["x-kubernetes-list-type", text],
  ["x-kubernetes-map-type", text],
  ["x-kubernetes-validations", list(rule)],
]);

function readFields(value: JsonObject, fields: ReadonlyMap<string, Read>, path: string): JsonObject {
  const result: JsonObject = {};
  for (const [name, read] of fields) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined || member === null) continue;
    const found = read(member, `${path}.${name}`);
    if (found !== undefined) result[name] = found;
  }
  return result;
}

/** Every field has been read by its type. */
function isSchema(value: JsonObject): value is JsonObject & JSONSchemaProps {
  return Object.keys(value).every((name) => FIELDS.has(name));
}

/**
 * A schema with the schemas in it in Go's form: fields in order, without unknown and empty ones. The facts describe one level alone,
 * since a type that contains itself has no end. Throws a {@link SchemaTypeError}.
 */
export function readSchema(value: object): JSONSchemaProps {
  const result = isJsonObject(value) ? readFields(value, FIELDS, PLACE) : {};
  return isSchema(result) ? result : {};
}
