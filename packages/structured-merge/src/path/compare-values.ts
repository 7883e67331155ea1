import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";

/** Which kind comes first where kinds differ: numbers, strings, booleans, lists, maps, null. */
function rankOf(value: JsonValue): number {
  if (typeof value === "number") return 0;
  if (typeof value === "string") return 1;
  if (typeof value === "boolean") return 2;
  if (value === null) return 5;
  return Array.isArray(value) ? 3 : 4;
}

function compareLists(left: readonly JsonValue[], right: readonly JsonValue[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const order = compareValues(left[index] ?? null, right[index] ?? null);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareMaps(left: JsonObject, right: JsonObject): number {
  const leftKeys = Object.keys(left).sort(compareUtf8);
  const rightKeys = Object.keys(right).sort(compareUtf8);
  const length = Math.min(leftKeys.length, rightKeys.length);
  for (let index = 0; index < length; index++) {
    const key = leftKeys[index] ?? "";
    const order = compareUtf8(key, rightKeys[index] ?? "") || compareValues(left[key] ?? null, right[key] ?? null);
    if (order !== 0) return order;
  }
  return leftKeys.length - rightKeys.length;
}

/** The order of any two values, as upstream's `value.Compare`. */
export function compareValues(left: JsonValue, right: JsonValue): number {
  const rank = rankOf(left);
  if (rank !== rankOf(right)) return rank - rankOf(right);
  if (typeof left === "string" && typeof right === "string") return compareUtf8(left, right);
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right);
  if (isJsonObject(left) && isJsonObject(right)) return compareMaps(left, right);
  return left === right ? 0 : Number(left) - Number(right);
}
