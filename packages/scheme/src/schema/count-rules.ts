import type { SchemaValidations, StructuralSchema } from "./structural-schema.js";

function below(schema: SchemaValidations): readonly SchemaValidations[] {
  return [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.not === undefined ? [] : [schema.not]),
  ];
}

/** The number of CEL rules in a schema, at its root and anywhere below. */
export function countRules(schema: StructuralSchema): number {
  const { additionalProperties } = schema;
  const inner = typeof additionalProperties === "object" ? [...below(schema), additionalProperties] : below(schema);
  const own = schema["x-kubernetes-validations"]?.length ?? 0;
  return inner.reduce((sum, one) => sum + countRules(one), own);
}
