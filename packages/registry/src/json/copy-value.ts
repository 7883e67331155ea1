import type { JsonValue, KubeObject } from "@quarterdeck/meta";
import { setOwn } from "@quarterdeck/meta";

/**
 * A deep copy of JSON data, hostile keys included. Recursion is bounded by the nesting that decoding accepts. Objects
 * from the store are shared, so whoever changes one copies it first.
 */
export function copyValue<T extends JsonValue | KubeObject>(value: T): T;
export function copyValue(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copyValue(item));
  const copy = {};
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) setOwn(copy, key, copyValue(item));
  }
  return copy;
}
