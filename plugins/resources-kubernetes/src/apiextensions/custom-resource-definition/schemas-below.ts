import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

function many(schemas: { readonly [name: string]: unknown } | readonly unknown[] | undefined): readonly unknown[] {
  return schemas === undefined ? [] : Object.values(schemas);
}

function isSchema(value: unknown): value is JSONSchemaProps {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A schema and every schema in it, wherever it stands; upstream's `SchemaHas`. */
export function schemasOf(schema: JSONSchemaProps): readonly JSONSchemaProps[] {
  const { items, additionalItems, additionalProperties } = schema;
  const below = [
    ...(Array.isArray(items) ? items : [items]),
    ...many(schema.allOf),
    ...many(schema.anyOf),
    ...many(schema.oneOf),
    schema.not,
    ...many(schema.properties),
    additionalProperties,
    ...many(schema.patternProperties),
    additionalItems,
    ...many(schema.definitions),
    ...many(schema.dependencies),
  ];
  return [schema, ...below.filter(isSchema).flatMap(schemasOf)];
}
