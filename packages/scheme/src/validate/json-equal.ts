import { isJsonObject, type JsonValue } from "@quarterdeck/meta";

/** Deep equality of JSON values, whatever the order of keys. It goes no deeper than `expected` does. */
export function jsonEqual(value: JsonValue, expected: JsonValue): boolean {
  if (value === expected) return true;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(value) &&
      value.length === expected.length &&
      expected.every((item, index) => jsonEqual(value[index] ?? null, item))
    );
  }
  if (!isJsonObject(expected) || !isJsonObject(value)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) => Object.hasOwn(value, key) && jsonEqual(value[key] ?? null, expected[key] ?? null))
  );
}
