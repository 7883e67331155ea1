import type { JsonObject, JsonValue } from "@quarterdeck/meta";

function sameObject(a: JsonObject, b: JsonObject): boolean {
  let keys = 0;
  for (const key of Object.keys(a)) {
    if (a[key] === undefined) continue;
    keys++;
    if (!Object.hasOwn(b, key) || !sameValue(a[key], b[key])) return false;
  }
  for (const key of Object.keys(b)) if (b[key] !== undefined) keys--;
  return keys === 0;
}

/** Equality of JSON data. The order of keys does not count and an undefined member is none: it is not sent either. */
export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  return !Array.isArray(b) && sameObject(a, b);
}
