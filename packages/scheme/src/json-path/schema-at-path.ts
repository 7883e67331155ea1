import { OBJECT_META_FIELDS } from "@quarterdeck/meta";
import type { StructuralSchema } from "../schema/structural-schema.js";
import type { JsonPathStep } from "./json-path-step.js";

/** Where a path leads in a schema: a place, anything at all (inside unknown fields), or nowhere. */
export type PathTarget =
  | { readonly found: "schema"; readonly schema: StructuralSchema }
  | { readonly found: "anything" }
  | { readonly found: "nothing"; readonly name: string; readonly known: readonly string[] };

const ANYTHING: PathTarget = { found: "anything" };

const OBJECT_META: readonly string[] = [...OBJECT_META_FIELDS, "selfLink"];

function enterField(schema: StructuralSchema, name: string): PathTarget {
  const property =
    schema.properties !== undefined && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  if (property !== undefined) return { found: "schema", schema: property };
  if (typeof schema.additionalProperties === "object") return { found: "schema", schema: schema.additionalProperties };
  if (schema.additionalProperties === true || schema["x-kubernetes-preserve-unknown-fields"]) return ANYTHING;
  return { found: "nothing", name, known: Object.keys(schema.properties ?? {}) };
}

function enterElement(schema: StructuralSchema, step: JsonPathStep): PathTarget {
  if (schema.items !== undefined) return { found: "schema", schema: schema.items };
  if (step.kind === "wildcard" && typeof schema.additionalProperties === "object") {
    return { found: "schema", schema: schema.additionalProperties };
  }
  if (schema["x-kubernetes-preserve-unknown-fields"] || (step.kind === "wildcard" && schema.properties !== undefined))
    return ANYTHING;
  return { found: "nothing", name: step.kind === "index" ? `[${step.index}]` : "[*]", known: [] };
}

function enter(schema: StructuralSchema, step: JsonPathStep): PathTarget {
  if (step.kind === "field") return enterField(schema, step.name);
  const target = enterElement(schema, step);
  if (step.kind !== "filter" || target.found !== "schema") return target;
  const compared = walkSchema(target.schema, step.path);
  return compared.found === "nothing" ? compared : target;
}

function walkSchema(schema: StructuralSchema, steps: readonly JsonPathStep[]): PathTarget {
  let target: PathTarget = { found: "schema", schema };
  for (const step of steps) {
    if (target.found !== "schema") return target;
    target = enter(target.schema, step);
  }
  return target;
}

/** Follows a path through the schema of a whole object; metadata has the fields of ObjectMeta. */
export function schemaAtPath(root: StructuralSchema, steps: readonly JsonPathStep[]): PathTarget {
  const [first, second] = steps;
  if (first?.kind !== "field" || first.name !== "metadata") return walkSchema(root, steps);
  if (second?.kind === "field" && !OBJECT_META.includes(second.name)) {
    return { found: "nothing", name: second.name, known: OBJECT_META };
  }
  return ANYTHING;
}
