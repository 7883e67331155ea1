import type { Place } from "../definition/place.js";
import type { StructuralSchema } from "./structural-schema.js";

const LIST_TYPES: readonly string[] = ["atomic", "set", "map"];
const MAP_TYPES: readonly string[] = ["atomic", "granular"];
const SCALARS: readonly (string | undefined)[] = ["string", "integer", "number", "boolean"];

function isScalar(schema: StructuralSchema): boolean {
  return SCALARS.includes(schema.type) || schema["x-kubernetes-int-or-string"] === true;
}

function isAtomic(schema: StructuralSchema): boolean {
  if (schema.type === "array") return (schema["x-kubernetes-list-type"] ?? "atomic") === "atomic";
  return schema.type === "object" && schema["x-kubernetes-map-type"] === "atomic";
}

function checkMapKeys(items: StructuralSchema, keys: readonly string[], place: Place): void {
  if (keys.length === 0) throw place.mistake("a list of type map needs listMapKeys");
  if (items.type !== "object")
    throw place.mistake("the items of a list of type map must be objects", items.type ?? "no type");
  const properties = items.properties ?? {};
  const known = Object.keys(properties);
  if (new Set(keys).size !== keys.length) throw place.mistake("listMapKeys repeats a key", keys);
  for (const key of keys) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property === undefined) throw place.mistake("listMapKeys names no field of the items", key, known);
    if (!isScalar(property)) throw place.mistake("a list map key must be a string, number or boolean", key);
    if (property.nullable) throw place.mistake("a list map key must not be nullable", key);
    if (!(items.required ?? []).includes(key) && property.default === undefined) {
      throw place.mistake("a list map key must be required or have a default", key);
    }
  }
}

/** List and map types as custom resource definitions may have them. */
export function checkListType(schema: StructuralSchema, place: Place): void {
  const listType = schema["x-kubernetes-list-type"];
  const keys = schema["x-kubernetes-list-map-keys"];
  const mapType = schema["x-kubernetes-map-type"];
  if (mapType !== undefined && !MAP_TYPES.includes(mapType)) throw place.mistake("unknown mapType", mapType, MAP_TYPES);
  if (keys !== undefined && listType !== "map") throw place.mistake('listMapKeys needs listType: "map"', keys);
  if (listType === undefined) return;
  if (!LIST_TYPES.includes(listType)) throw place.mistake("unknown listType", listType, LIST_TYPES);
  const { items } = schema;
  if (schema.type !== "array" || items === undefined)
    throw place.mistake("listType is for arrays, not for", schema.type ?? "any");
  if (listType === "map") checkMapKeys(items, keys ?? [], place);
  if (listType === "set" && !isScalar(items) && !isAtomic(items)) {
    throw place.mistake("the items of a list of type set must be scalar or atomic", items.type ?? "any");
  }
  if (listType === "set" && items.nullable) throw place.mistake("the items of a list of type set must not be nullable");
}
