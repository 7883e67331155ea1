import type { StructuralSchema } from "@quarterdeck/scheme";
import { OBJECT_META_SCHEMA } from "@quarterdeck/structured-merge";

/** A kind's schema as one that has object metadata. */
export function objectSchema(schema: StructuralSchema): StructuralSchema {
  return { ...schema, "x-kubernetes-embedded-resource": true };
}

/** The schema of a member of an object; undefined where nothing is known: objects merge there, lists are replaced. */
export function memberSchema(schema: StructuralSchema | undefined, key: string): StructuralSchema | undefined {
  if (schema === undefined) return undefined;
  if (key === "metadata" && schema["x-kubernetes-embedded-resource"] === true) return OBJECT_META_SCHEMA;
  const { properties, additionalProperties } = schema;
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}
