import { isJsonObject, type JsonObject, type JsonValue, jsonTypeName } from "@quarterdeck/meta";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

/** Where a value stands, as Go's decoder names it. */
interface Place {
  /** The struct that has the field. */
  readonly owner: string;
  /** Without indices and keys of maps. */
  readonly path: string;
}

type Read = (value: JsonValue, place: Place) => JsonValue | undefined;

const ROOT: Place = { owner: "JSONSchemaProps", path: "spec.versions.schema.openAPIV3Schema" };

/** A schema in a schema has a field of another type than Go's; the message is that of Go's decoder. */
export class SchemaTypeError extends Error {
  override readonly name = "SchemaTypeError";

  static of(value: JsonValue, { owner, path }: Place, type: string): SchemaTypeError {
    const place = `Go struct field ${owner}.${path} of type ${type}`;
    return new SchemaTypeError(`json: cannot unmarshal ${jsonTypeName(value)} into ${place}`);
  }
}

const text: Read = (value, place) => {
  if (typeof value !== "string") throw SchemaTypeError.of(value, place, "string");
  return value === "" ? undefined : value;
};

/** A text that says something also when it is empty. */
const pointer: Read = (value, place) => {
  if (typeof value !== "string") throw SchemaTypeError.of(value, place, "string");
  return value;
};

const flag: Read = (value, place) => {
  if (typeof value !== "boolean") throw SchemaTypeError.of(value, place, "bool");
  return value || undefined;
};

/** A flag that says something also when it is false. */
const choice: Read = (value, place) => {
  if (typeof value !== "boolean") throw SchemaTypeError.of(value, place, "bool");
  return value;
};

const number: Read = (value, place) => {
  if (typeof value !== "number") throw SchemaTypeError.of(value, place, "float64");
  return value;
};

const count: Read = (value, place) => {
  if (typeof value !== "number" || !Number.isInteger(value)) throw SchemaTypeError.of(value, place, "int64");
  return value;
};

const anything: Read = (value) => value;

const values: Read = (value, place) => {
  if (!Array.isArray(value)) throw SchemaTypeError.of(value, place, "[]v1.JSON");
  return value.length === 0 ? undefined : value;
};

function list(read: Read, type = "[]v1.JSONSchemaProps"): Read {
  return (value, place) => {
    if (!Array.isArray(value)) throw SchemaTypeError.of(value, place, type);
    // null in a list is an empty one of what it holds
    const items = value.map((one) => read(one ?? {}, place) ?? "");
    return items.length === 0 ? undefined : items;
  };
}

function named(read: Read): Read {
  return (value, place) => {
    if (!isJsonObject(value)) throw SchemaTypeError.of(value, place, "map[string]v1.JSONSchemaProps");
    const entries = Object.entries(value).map(([name, one = null]) => [
      name,
      one === null ? {} : (read(one, place) ?? {}),
    ]);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
}

const texts: Read = (value, place) => {
  if (!Array.isArray(value)) throw SchemaTypeError.of(value, place, "[]string");
  return value.length === 0 ? undefined : value.map((one) => itemText(one ?? null, place));
};

/** null in a list is an empty text. */
function itemText(value: JsonValue, place: Place): string {
  if (value === null) return "";
  if (typeof value !== "string") throw SchemaTypeError.of(value, place, "string");
  return value;
}

const schema: Read = (value, place) => {
  if (!isJsonObject(value)) throw SchemaTypeError.of(value, place, "v1.JSONSchemaProps");
  return readFields(value, FIELDS, { owner: "JSONSchemaProps", path: place.path });
};

const schemaOrFlag: Read = (value, place) => {
  if (typeof value === "boolean") return value;
  if (!isJsonObject(value)) throw new SchemaTypeError("boolean or JSON schema expected");
  return schema(value, place);
};
/** What is neither is none, since upstream looks at the first character alone. */
const schemaOrList: Read = (value, place) => {
  if (Array.isArray(value)) return list(schema)(value, place);
  return isJsonObject(value) ? schema(value, place) : undefined;
};
const schemaOrTexts: Read = (value, place) => (Array.isArray(value) ? texts(value, place) : schema(value, place));

function struct(fields: ReadonlyMap<string, Read>, type: string): Read {
  return (value, place) => {
    if (!isJsonObject(value)) throw SchemaTypeError.of(value, place, type);
    return readFields(value, fields, { owner: type.replace("v1.", ""), path: place.path });
  };
}

const ruleFields = struct(
  new Map<string, Read>([
    ["rule", text],
    ["message", text],
    ["messageExpression", text],
    ["reason", pointer],
    ["fieldPath", text],
    ["optionalOldSelf", choice],
  ]),
  "v1.ValidationRule",
);

/** The rule itself is always there. */
const rule: Read = (value, place) => {
  const fields = ruleFields(value, place);
  return isJsonObject(fields) ? { rule: "", ...fields } : fields;
};

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
  ["$ref", pointer],
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
  ["x-kubernetes-list-type", pointer],
  ["x-kubernetes-map-type", pointer],
  ["x-kubernetes-validations", list(rule, "v1.ValidationRules")],
]);

function readFields(value: JsonObject, fields: ReadonlyMap<string, Read>, { owner, path }: Place): JsonObject {
  const result: JsonObject = {};
  for (const [name, read] of fields) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined || member === null) continue;
    const found = read(member, { owner, path: `${path}.${name}` });
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
  const result = isJsonObject(value) ? readFields(value, FIELDS, ROOT) : {};
  return isSchema(result) ? result : {};
}
