import { isJsonObject } from "@quarterdeck/meta";
import type { PathStep } from "../normalise/walk.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { allOfChecks, type Check } from "./check.js";

function atItems(each: Check): Check {
  return (value, walk) => {
    if (!Array.isArray(value)) return;
    const at = walk.depth++;
    for (let index = 0; index < value.length; index++) {
      walk.path[at] = index;
      each(value[index] ?? null, walk);
    }
    walk.depth = at;
  };
}

function atKeys(checks: ReadonlyMap<string, Check>, declared: ReadonlySet<string>, rest: Check | undefined): Check {
  return (value, walk) => {
    if (!isJsonObject(value)) return;
    const at = walk.depth++;
    for (const key of rest === undefined ? checks.keys() : Object.keys(value)) {
      const property = Object.hasOwn(value, key) ? value[key] : undefined;
      if (property === undefined) continue;
      const isDeclared = declared.has(key);
      const step: PathStep = isDeclared ? key : [key];
      walk.path[at] = step;
      (isDeclared ? checks.get(key) : rest)?.(property, walk);
    }
    walk.depth = at;
  };
}

/**
 * Makes a second pass over those places of a schema that `own` has a check for, and over the way to them only;
 * undefined when there are none. Map keys are rendered as `[key]`, as apiextensions' own validations do.
 */
export function compileDescent(
  schema: StructuralSchema,
  own: (schema: StructuralSchema) => Check | undefined,
): Check | undefined {
  const items = schema.items === undefined ? undefined : compileDescent(schema.items, own);
  const checks = new Map<string, Check>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const check = compileDescent(property, own);
    if (check !== undefined) checks.set(name, check);
  }
  const { additionalProperties } = schema;
  const rest = typeof additionalProperties === "object" ? compileDescent(additionalProperties, own) : undefined;
  return allOfChecks([
    own(schema),
    items === undefined ? undefined : atItems(items),
    checks.size === 0 && rest === undefined
      ? undefined
      : atKeys(checks, new Set(Object.keys(schema.properties ?? {})), rest),
  ]);
}
