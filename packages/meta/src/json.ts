/** Any value that JSON can carry. */
export type JsonValue = string | number | boolean | null | JsonObject | JsonValue[];

/** A JSON object; an absent key reads as undefined. */
export type JsonObject = { [key: string]: JsonValue | undefined };

/** True for a plain JSON object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Sets an own property whatever its name is: `__proto__` becomes data, never a prototype.
 * Use it wherever a key comes from a client.
 */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    return;
  }
  (target as Record<string, unknown>)[key] = value;
}
