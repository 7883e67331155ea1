import type { Place } from "../definition/place.js";
import { JsonPathError, type JsonPathStep } from "../json-path/json-path-step.js";
import { parseJsonPath } from "../json-path/parse-json-path.js";
import { schemaAtPath } from "../json-path/schema-at-path.js";
import type { StructuralSchema } from "../schema/structural-schema.js";

function parse(path: unknown, place: Place): readonly JsonPathStep[] {
  if (typeof path !== "string") throw place.mistake("a JSON path is a string", path);
  try {
    return parseJsonPath(path);
  } catch (error) {
    if (error instanceof JsonPathError) throw place.mistake(`the JSON path does not parse (${error.message})`, path);
    throw error;
  }
}

/**
 * Checks that a JSON path parses and leads somewhere in a schema, and gives the schema it leads to; undefined inside
 * metadata and unknown fields, where anything may be.
 */
export function checkPath(path: string, schema: StructuralSchema, place: Place): StructuralSchema | undefined {
  const target = schemaAtPath(schema, parse(path, place));
  if (target.found === "nothing") {
    throw place.mistake(`the JSON path ${path} leads to no field of the schema`, target.name, target.known);
  }
  return target.found === "schema" ? target.schema : undefined;
}

/** As {@link checkPath}, for a path of plain fields: such as a scale or a selectable field may have. */
export function checkPlainPath(path: string, schema: StructuralSchema, place: Place): StructuralSchema | undefined {
  if (parse(path, place).some((step) => step.kind !== "field")) {
    throw place.mistake("the JSON path must be one of plain fields", path);
  }
  return checkPath(path, schema, place);
}
