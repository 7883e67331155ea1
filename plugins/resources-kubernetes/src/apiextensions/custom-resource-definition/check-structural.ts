import { FieldErrors, formatFieldError } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

type Level = "root" | "item" | "field";

const NO_TYPE: { readonly [level in Level]: string } = {
  root: "must not be empty at the root",
  item: "must not be empty for specified array items",
  field: "must not be empty for specified object fields",
};

/** What only the structure may say, and no condition on it: the member and whether it is set. */
const STRUCTURE_ONLY = [
  ["type", "must be empty"],
  ["additionalProperties", "must be undefined"],
  ["default", "must be undefined"],
  ["title", "must be empty"],
  ["description", "must be empty"],
  ["nullable", "must be false"],
  ["x-kubernetes-preserve-unknown-fields", "must be false"],
  ["x-kubernetes-embedded-resource", "must be false"],
  ["x-kubernetes-int-or-string", "must be false"],
  ["x-kubernetes-list-map-keys", "must be empty"],
  ["x-kubernetes-list-type", "must be undefined"],
  ["x-kubernetes-map-type", "must be undefined"],
  ["x-kubernetes-validations", "must be empty"],
] as const;

const INT_OR_STRING = [{ type: "integer" }, { type: "string" }];

/** The schemas below one that are part of the structure. */
function itemsOf({ items }: JSONSchemaProps): JSONSchemaProps | undefined {
  return Array.isArray(items) ? undefined : items;
}

function propertiesOf({ properties }: JSONSchemaProps): [name: string, schema: JSONSchemaProps][] {
  return Object.entries(properties ?? {});
}

/** The conditions of a schema with their paths. */
function conditionsOf(schema: JSONSchemaProps, path: string): [path: string, condition: JSONSchemaProps][] {
  const lists = (["anyOf", "allOf", "oneOf"] as const).flatMap((name) =>
    (schema[name] ?? []).map((one, index): [string, JSONSchemaProps] => [`${path}.${name}[${index}]`, one]),
  );
  return schema.not === undefined ? lists : [...lists, [`${path}.not`, schema.not]];
}

function checkConditions(schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const [first] = schema.allOf ?? [];
  const isEither = sameJson(schema.anyOf, INT_OR_STRING);
  const startsEither = sameJson(first?.anyOf, INT_OR_STRING);
  for (const [at, condition] of conditionsOf(schema, path)) {
    if (isEither && at.startsWith(`${path}.anyOf[`)) continue;
    checkCondition(condition, at, startsEither && condition === first, errors);
  }
  const { pattern = "" } = schema;
  if (pattern !== "" && !isPattern(pattern))
    errors.invalid(`${path}.pattern`, pattern, "must be a valid regular expression, but isn't");
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return isLoosePattern(pattern);
  }
}

/** Go escapes what needs no escape, which JavaScript takes without the flag alone. */
function isLoosePattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

function checkCondition(condition: JSONSchemaProps, path: string, eitherAllowed: boolean, errors: FieldErrors): void {
  checkConditions(eitherAllowed ? { ...condition, anyOf: [] } : condition, path, errors);
  const items = itemsOf(condition);
  if (items !== undefined) checkCondition(items, `${path}.items`, false, errors);
  for (const [name, schema] of propertiesOf(condition))
    checkCondition(schema, `${path}.properties[${name}]`, false, errors);
  for (const [member, why] of STRUCTURE_ONLY)
    if (condition[member] !== undefined) errors.forbidden(`${path}.${member}`, `${why} to be structural`);
  if (Object.hasOwn(condition.properties ?? {}, "metadata"))
    errors.forbidden(`${path}.properties[metadata]`, "must not be specified in a nested context");
}

function checkType(schema: JSONSchemaProps, level: Level, path: string, errors: FieldErrors): void {
  const { type = "" } = schema;
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  const free = schema["x-kubernetes-int-or-string"] === true || schema["x-kubernetes-preserve-unknown-fields"] === true;
  const wanted = "must be object if x-kubernetes-embedded-resource is true";
  if (embedded && type === "") errors.required(`${path}.type`, wanted);
  else if (embedded && type !== "object") errors.invalid(`${path}.type`, type, wanted);
  else if (type === "" && !free) errors.required(`${path}.type`, NO_TYPE[level]);
  if (level === "root" && type !== "" && type !== "object")
    errors.invalid(`${path}.type`, type, "must be object at the root");
}

function checkMetadata(schema: JSONSchemaProps, level: Level, path: string, errors: FieldErrors): void {
  const resource = level === "root" || schema["x-kubernetes-embedded-resource"] === true;
  const { properties = {} } = schema;
  for (const name of ["kind", "apiVersion"]) {
    const type = Object.hasOwn(properties, name) ? (properties[name]?.type ?? "") : "string";
    if (resource && type !== "string") errors.invalid(`${path}.properties[${name}].type`, type, "must be string");
  }
  const metadata = Object.hasOwn(properties, "metadata") ? properties.metadata : undefined;
  if (metadata === undefined) return;
  const at = `${path}.properties[metadata]`;
  if (resource && metadata.type !== "object") errors.invalid(`${at}.type`, metadata.type ?? "", "must be object");
  if (level !== "root") return;
  const { type: _type, default: _default, properties: fields = {}, ...rest } = metadata;
  const named = Object.keys(fields).every((name) => name === "name" || name === "generateName");
  if (!named || Object.keys(rest).length > 0)
    errors.forbidden(
      at,
      "must not specify anything other than name and generateName, but metadata is implicitly specified",
    );
}

function checkStructure(schema: JSONSchemaProps, level: Level, path: string, errors: FieldErrors): void {
  const items = itemsOf(schema);
  if (schema.type === "array" && items === undefined) errors.required(`${path}.items`, "must be specified");
  if (items !== undefined) checkStructure(items, "item", `${path}.items`, errors);
  for (const [name, one] of propertiesOf(schema)) checkStructure(one, "field", `${path}.properties[${name}]`, errors);
  const { additionalProperties } = schema;
  if (additionalProperties !== undefined && level === "root")
    errors.forbidden(`${path}.additionalProperties`, "must not be used at the root");
  if (typeof additionalProperties === "object")
    checkStructure(additionalProperties, "field", `${path}.additionalProperties`, errors);
  if (schema["x-kubernetes-int-or-string"] === true)
    for (const member of ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"] as const)
      if (schema[member] === true)
        errors.invalid(`${path}.${member}`, true, "must be false if x-kubernetes-int-or-string is true");
  checkConditions(schema, path, errors);
  checkType(schema, level, path, errors);
  checkMetadata(schema, level, path, errors);
  if (schema["x-kubernetes-embedded-resource"] !== true) return;
  if (additionalProperties !== undefined)
    errors.forbidden(`${path}.additionalProperties`, "must not be used if x-kubernetes-embedded-resource is set");
  if (schema["x-kubernetes-preserve-unknown-fields"] !== true && propertiesOf(schema).length === 0)
    errors.required(
      `${path}.properties`,
      "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
    );
}

/** Every field that a condition speaks of must stand in the structure. */
function checkComplete(
  condition: JSONSchemaProps,
  schema: JSONSchemaProps | undefined,
  path: string,
  at: string,
  errors: FieldErrors,
): void {
  if (schema === undefined) {
    errors.required(path, `because it is defined in ${at}`);
    return;
  }
  for (const [below, one] of conditionsOf(condition, at)) checkComplete(one, schema, path, below, errors);
  if (condition === schema) return;
  const items = itemsOf(condition);
  if (items !== undefined) checkComplete(items, itemsOf(schema), `${path}.items`, `${at}.items`, errors);
  const { properties = {} } = schema;
  for (const [name, one] of propertiesOf(condition)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    checkComplete(one, known, `${path}.properties[${name}]`, `${at}.properties[${name}]`, errors);
  }
}

/**
 * Whether a schema says of every field what type it has, in one place; upstream's `ValidateStructural`, whose errors are in the
 * order of their texts.
 */
export function checkStructural(schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const found = new FieldErrors();
  checkStructure(schema, "root", path, found);
  checkComplete(schema, schema, path, path, found);
  const texts = found.list.map((error) => ({ error, text: formatFieldError(error) }));
  texts.sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0));
  for (const { error } of texts) errors.add(error.reason, error.field, error.message);
}
