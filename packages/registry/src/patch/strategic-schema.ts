import type { StructuralSchema } from "@quarterdeck/scheme";

/** The lists of `ObjectMeta` that merge, as its OpenAPI definition says. */
const OBJECT_META: StructuralSchema = {
  type: "object",
  properties: {
    finalizers: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" },
    ownerReferences: {
      type: "array",
      items: { type: "object", properties: { uid: { type: "string" } } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["uid"],
    },
  },
};

/** A kind's schema as one that has object metadata. */
export function objectSchema(schema: StructuralSchema): StructuralSchema {
  return { ...schema, "x-kubernetes-embedded-resource": true };
}

/** The schema of a member of an object; undefined where nothing is known: objects merge there, lists are replaced. */
export function memberSchema(schema: StructuralSchema | undefined, key: string): StructuralSchema | undefined {
  if (schema === undefined) return undefined;
  if (key === "metadata" && schema["x-kubernetes-embedded-resource"] === true) return OBJECT_META;
  const { properties, additionalProperties } = schema;
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}
