import { isJsonObject, type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import { sortKeys } from "./compare-utf8.js";

interface Pending {
  readonly from: JsonValue[] | JsonObject;
  readonly to: JsonValue[] | JsonObject;
}

function copyOf(value: JsonValue, pending: Pending[]): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  const to: JsonValue[] | JsonObject = Array.isArray(value) ? [] : {};
  pending.push({ from: value, to });
  return to;
}

/**
 * A deep copy of JSON data with the same or, on request, sorted keys (in UTF-8 order). It does not recurse, so any
 * depth is safe; `__proto__` is copied as data; undefined properties are left out.
 */
export function cloneJson(value: JsonValue, order: "kept" | "sorted" = "kept"): JsonValue {
  const pending: Pending[] = [];
  const result = copyOf(value, pending);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { from, to } = next;
    if (Array.isArray(from)) {
      if (Array.isArray(to)) for (const item of from) to.push(copyOf(item, pending));
      continue;
    }
    const keys = Object.keys(from);
    for (const key of order === "sorted" ? sortKeys(keys) : keys) {
      const child = from[key];
      if (child !== undefined) setOwn(to, key, copyOf(child, pending));
    }
  }
  return result;
}

/** A deep copy of a JSON object, keys in the order they have; see {@link cloneJson}. */
export function cloneObject(object: JsonObject): JsonObject {
  const copy = cloneJson(object);
  return isJsonObject(copy) ? copy : {};
}
