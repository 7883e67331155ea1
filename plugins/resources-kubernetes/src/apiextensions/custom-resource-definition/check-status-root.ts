import type { FieldErrors } from "@quarterdeck/meta";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

/** The members of a schema that may not stand at the root, as Go orders them: those before the type, and those after. */
const BEFORE_TYPE = ["id", "$schema", "$ref"] as const;
const AFTER_TYPE = [
  ["nullable", "default", "enum", "maxProperties", "minProperties", "oneOf", "anyOf", "allOf", "not"],
  ["additionalProperties", "patternProperties", "dependencies", "additionalItems", "definitions"],
  ["x-kubernetes-embedded-resource", "x-kubernetes-int-or-string", "x-kubernetes-list-map-keys"],
  ["x-kubernetes-list-type", "x-kubernetes-map-type"],
].flat();

/** What may stand there, by the names that Go has. */
const ALLOWED =
  "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";

function has(schema: JSONSchemaProps, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(schema, name));
}

/** Where the status is a part of its own, its schema is looked for among the properties: the root must be a plain object. */
export function checkStatusRoot(schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const { type = "" } = schema;
  const tell = (): void =>
    errors.invalid(
      path,
      schema,
      `only ${ALLOWED} fields are allowed at the root of the schema if the status subresource is enabled`,
    );
  if (has(schema, BEFORE_TYPE)) tell();
  else if (type !== "" && type !== "object")
    errors.invalid(
      `${path}.type`,
      type,
      'only "object" is allowed as the type at the root of the schema if the status subresource is enabled',
    );
  else if (has(schema, AFTER_TYPE)) tell();
}
