import type { GroupVersion, JsonObject } from "@quarterdeck/meta";

/** A string field. */
export function text(description: string): JsonObject {
  return { description, type: "string" };
}

/** A true-or-false field. */
export function flag(description: string): JsonObject {
  return { description, type: "boolean" };
}

/** A whole number of 32 or 64 bits. */
export function whole(description: string, format: "int32" | "int64" = "int64"): JsonObject {
  return { description, format, type: "integer" };
}

/** A list whose items have one schema. */
export function list(description: string, items: JsonObject, extensions: JsonObject = {}): JsonObject {
  return { description, items, type: "array", ...extensions };
}

/** A map from strings to strings. */
export function textMap(description: string): JsonObject {
  return { additionalProperties: { type: "string" }, description, type: "object" };
}

/** An object with fields. */
export function object(description: string, properties: JsonObject, required: string[] = []): JsonObject {
  return { description, properties, ...(required.length === 0 ? {} : { required }), type: "object" };
}

/** The `x-kubernetes-group-version-kind` of a definition: the kinds that it describes. */
export function kindExtension(kind: string, groupVersions: readonly GroupVersion[]): JsonObject {
  return {
    "x-kubernetes-group-version-kind": groupVersions.map(({ group, version }) => ({ group, kind, version })),
  };
}

/** The apiVersion and kind fields that every object has. */
export function typeFields(): { apiVersion: JsonObject; kind: JsonObject } {
  return {
    apiVersion: text(
      "The group and version whose schema this object follows, such as `apps/v1`; `v1` in the core group.",
    ),
    kind: text(
      "What the object is, in CamelCase. The address that a request goes to implies it; it cannot be changed.",
    ),
  };
}
