import { isJsonObject, type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import { isFull, renderPath, type Walk } from "../normalise/walk.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import type { Check } from "./check.js";
import { compileDescent } from "./descend.js";

/** Indexes of the second appearances of values, each value once. */
function repeated(values: readonly JsonValue[]): number[] {
  const counts = new Map<JsonValue, number>();
  const indexes: number[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null;
    // The space keeps the text of an object apart from any string that is a value itself.
    const identity =
      typeof value === "object" ? `${JSON.stringify(value)} object` : typeof value === "string" ? `"${value}` : value;
    const count = (counts.get(identity) ?? 0) + 1;
    counts.set(identity, count);
    if (count === 2) indexes.push(index);
  }
  return indexes;
}

function reportDuplicate(walk: Walk, index: number, value: JsonValue): void {
  if (!isFull(walk)) walk.errors.duplicate(renderPath(walk, index), value);
}

const setCheck: Check = (value, walk) => {
  if (!Array.isArray(value) || value.length < 2) return;
  for (const index of repeated(value)) reportDuplicate(walk, index, value[index] ?? null);
};

function keyOf(item: JsonValue, names: readonly string[]): JsonObject {
  const key: JsonObject = {};
  if (!isJsonObject(item)) return key;
  for (const name of names) {
    const part = Object.hasOwn(item, name) ? item[name] : undefined;
    if (part !== undefined) setOwn(key, name, part);
  }
  return key;
}

function mapCheck(names: readonly string[]): Check {
  return (value, walk) => {
    if (!Array.isArray(value)) return;
    const wrong = value.findIndex((item) => item !== null && !isJsonObject(item));
    if (wrong >= 0) {
      const detail = "must be an object for an array of list-type map";
      if (!isFull(walk)) walk.errors.invalid(renderPath(walk, wrong), value[wrong] ?? null, detail);
      return;
    }
    if (value.length < 2) return;
    const keys = value.map((item) => keyOf(item, names));
    for (const index of repeated(keys)) reportDuplicate(walk, index, keys[index] ?? {});
  };
}

function ownCheck(schema: StructuralSchema): Check | undefined {
  const listType = schema["x-kubernetes-list-type"];
  if (listType === "set") return setCheck;
  return listType === "map" ? mapCheck(schema["x-kubernetes-list-map-keys"] ?? []) : undefined;
}

/** Uniqueness in lists of type set and map; each repeated value is reported once, at its second appearance. */
export function listTypeChecks(schema: StructuralSchema): Check | undefined {
  return compileDescent(schema, ownCheck);
}
