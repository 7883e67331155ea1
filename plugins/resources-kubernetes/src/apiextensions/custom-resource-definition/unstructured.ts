import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";
import { schemasOf } from "./schemas-below.js";

/** Members that a structural schema has no place for, as upstream looks for them. */
const MEMBERS = [
  "id",
  "$schema",
  "$ref",
  "patternProperties",
  "dependencies",
  "additionalItems",
  "definitions",
] as const;

function problemOf(schema: JSONSchemaProps): string | undefined {
  if (Array.isArray(schema.items)) return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  const member = MEMBERS.find((name) => schema[name] !== undefined);
  if (member !== undefined) return `OpenAPIV3Schema '${member === "$schema" ? "schema" : member}' is not supported`;
  if (schema["x-kubernetes-preserve-unknown-fields"] === false)
    return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
  return undefined;
}

/** Why no structural schema can be made of a schema; undefined where one can. Upstream's `NewStructural`. */
export function unstructured(schema: JSONSchemaProps): string | undefined {
  for (const one of schemasOf(schema)) {
    const problem = problemOf(one);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
