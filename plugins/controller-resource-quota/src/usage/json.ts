import { isJsonObject, type JsonObject, Quantity, QuantityError } from "@quarterdeck/meta";

/** The object at a path of fields; an empty one when there is none. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  let current = value;
  for (const key of path) current = isJsonObject(current) ? current[key] : undefined;
  return isJsonObject(current) ? current : {};
}

/** The objects of the list at a path of fields. */
export function objectsAt(value: unknown, ...path: readonly string[]): readonly JsonObject[] {
  const list = objectAt(value, ...path.slice(0, -1))[path.at(-1) ?? ""];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** A quantity as it is written; undefined when it is absent or none. */
export function quantityOf(value: unknown): Quantity | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  try {
    return Quantity.parse(String(value));
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}
