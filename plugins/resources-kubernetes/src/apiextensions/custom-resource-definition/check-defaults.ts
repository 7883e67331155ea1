import { FieldErrors, isJsonObject, type JsonValue } from "@quarterdeck/meta";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";
import { checkValue } from "./check-value.js";
import { META_FIELDS } from "./meta-fields.js";

const PRESERVE = "x-kubernetes-preserve-unknown-fields";
const EMBEDDED = "x-kubernetes-embedded-resource";

/** Whether a value has a field that its schema does not: what pruning would take away. */
function hasUnknownFields(value: JsonValue, schema: JSONSchemaProps, resource: boolean): boolean {
  const { items, properties = {}, additionalProperties } = schema;
  if (Array.isArray(value)) {
    const item = Array.isArray(items) ? undefined : items;
    if (item === undefined) return schema[PRESERVE] !== true && value.some(hasAnyField);
    return value.some((one) => hasUnknownFields(one ?? null, item, item[EMBEDDED] === true));
  }
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(([name, one]) => {
    if (one === undefined || (resource && META_FIELDS.includes(name))) return false;
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const below = known ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    if (below !== undefined) return hasUnknownFields(one, below, below[EMBEDDED] === true);
    return additionalProperties !== true && schema[PRESERVE] !== true;
  });
}

function hasAnyField(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasAnyField);
  return isJsonObject(value) && Object.keys(value).length > 0;
}

function checkDefault(value: JsonValue, schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  if (hasUnknownFields(value, schema, schema[EMBEDDED] === true))
    errors.invalid(path, value, "must not have unknown fields");
  const found = new FieldErrors();
  checkValue(value, schema, "", found);
  for (const { reason, field, message } of found.list)
    errors.add(reason, field === "" ? path : `${path}.${field}`, message);
}

/**
 * Whether the defaults of a schema are what the schema allows, without unknown fields; those of the metadata of resources are not looked
 * at. Upstream's `ValidateDefaults`.
 */
export function checkDefaults(schema: JSONSchemaProps, path: string, errors: FieldErrors, root = true): void {
  const { items, properties = {} } = schema;
  if (schema.default !== undefined && schema.default !== null)
    checkDefault(schema.default, schema, `${path}.default`, errors);
  if (items !== undefined && !Array.isArray(items)) checkDefaults(items, `${path}.items`, errors, false);
  const resource = root || schema[EMBEDDED] === true;
  for (const [name, one] of Object.entries(properties))
    if (!(resource && META_FIELDS.includes(name))) checkDefaults(one, `${path}.properties[${name}]`, errors, false);
}
