import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

const LIST_TYPES: readonly string[] = ["atomic", "set", "map"];
const MAP_TYPES: readonly string[] = ["atomic", "granular"];
const LIST = "x-kubernetes-list-type";
const KEYS = "x-kubernetes-list-map-keys";
const MAP = "x-kubernetes-map-type";

function checkTypeIs(schema: JSONSchemaProps, wanted: string, member: string, path: string, errors: FieldErrors): void {
  const { type = "" } = schema;
  const why = `must be ${wanted} if ${member} is specified`;
  if (type === "") errors.required(`${path}.type`, why);
  else if (type !== wanted) errors.invalid(`${path}.type`, type, why);
}

/** How objects are merged. */
export function checkMapType(schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const mapType = schema[MAP];
  if (mapType === undefined) return;
  checkTypeIs(schema, "object", MAP, path, errors);
  checkEnum(mapType, MAP_TYPES, `${path}.${MAP}`, errors);
}

function checkSetItems(items: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const atomic = `must be atomic as item of a list with ${LIST}=set`;
  const listType = items[LIST];
  if (items.type === "array" && listType !== undefined && listType !== "atomic")
    errors.invalid(`${path}.items.${LIST}`, listType, atomic);
  // upstream shows the type of the list here too
  if (items.type === "object" && items[MAP] !== "atomic") errors.invalid(`${path}.items.${MAP}`, listType, atomic);
}

function checkKeys(schema: JSONSchemaProps, items: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const keys = schema[KEYS] ?? [];
  const properties = items.properties ?? {};
  for (const [index, key] of keys.entries()) {
    const type = Object.hasOwn(properties, key) ? properties[key]?.type : undefined;
    if (!Object.hasOwn(properties, key))
      errors.invalid(`${path}.${KEYS}`, keys, "entries must all be names of item properties");
    else if (type === "array" || type === "object")
      errors.invalid(
        `${path}.items.properties[${key}].type`,
        items.type,
        `must be a scalar type if parent array's ${LIST} is map`,
      );
    if (keys.indexOf(key) < index) errors.invalid(`${path}.${KEYS}`, keys, "must not contain duplicate entries");
  }
}

function checkMap(schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  if ((schema[KEYS] ?? []).length === 0) errors.required(`${path}.${KEYS}`, `must not be empty if ${LIST} is map`);
  const { items } = schema;
  if (items === undefined) errors.required(`${path}.items`, `must have a schema if ${LIST} is map`);
  else if (Array.isArray(items))
    errors.invalid(`${path}.items`, items, `must only have a single schema if ${LIST} is map`);
  else if (items.type !== "object")
    errors.invalid(`${path}.items.type`, items.type ?? "", `must be object if parent array's ${LIST} is map`);
  else checkKeys(schema, items, path, errors);
}

function checkKeyValues(schema: JSONSchemaProps, items: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const key = `this property is in ${KEYS}, so it`;
  for (const name of schema[KEYS] ?? []) {
    const property = Object.hasOwn(items.properties ?? {}, name) ? items.properties?.[name] : undefined;
    if (property === undefined) continue;
    const at = `${path}.items.properties[${name}]`;
    if (!items.required?.includes(name) && property.default === undefined)
      errors.required(`${at}.default`, `${key} must have a default or be a required property`);
    if (property.nullable === true) errors.forbidden(`${at}.nullable`, `${key} cannot be nullable`);
  }
}

/** How lists are merged, and by which keys. */
export function checkListType(schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const { [LIST]: listType, [KEYS]: keys = [], items } = schema;
  const single = Array.isArray(items) ? undefined : items;
  if (listType !== undefined && schema.type !== "array") checkTypeIs(schema, "array", LIST, path, errors);
  else if (listType === "set" && single !== undefined) checkSetItems(single, path, errors);
  if (listType !== undefined) checkEnum(listType, LIST_TYPES, `${path}.${LIST}`, errors);
  if (keys.length > 0 && listType !== "map") {
    const why = `must be map if ${KEYS} is non-empty`;
    if (listType === undefined) errors.required(`${path}.${LIST}`, why);
    else errors.invalid(`${path}.${LIST}`, listType, why);
  }
  if (listType === "map") checkMap(schema, path, errors);
  if (single === undefined || (listType !== "set" && listType !== "map")) return;
  if (single.nullable === true)
    errors.forbidden(`${path}.items.nullable`, `cannot be nullable when ${LIST} is ${listType}`);
  if (listType === "map") checkKeyValues(schema, single, path, errors);
}
