import { expectedType } from "../normalise/schema-node.js";
import { jsonType, reportType } from "../normalise/walk.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { allOfChecks, type Check } from "./check.js";
import { arrayChecks, enumCheck, objectChecks } from "./collection-checks.js";
import { combinatorChecks } from "./combinators.js";
import { embeddedResourceChecks } from "./embedded-resource.js";
import { listTypeChecks } from "./list-types.js";
import { numberChecks } from "./number-checks.js";
import { stringChecks } from "./string-checks.js";

const NONE: ReadonlySet<string> = new Set();

function typeCheck(schema: StructuralSchema): Check | undefined {
  const expected = expectedType(schema);
  if (expected === undefined) return undefined;
  const allowed = new Set(expected.split(","));
  if (allowed.has("number")) allowed.add("integer");
  return (value, walk) => {
    if (!allowed.has(jsonType(value))) reportType(walk, value, expected);
  };
}

/** The checks of one place and of all below it, in upstream's order; undefined when there is nothing to check. */
function compileCheck(schema: StructuralSchema, except: ReadonlySet<string> = NONE): Check | undefined {
  const type = typeCheck(schema);
  const common = enumCheck(schema);
  const others = allOfChecks([
    combinatorChecks(schema, compileCheck),
    stringChecks(schema),
    numberChecks(schema),
    arrayChecks(schema, compileCheck),
    common,
    objectChecks(schema, except, compileCheck),
  ]);
  if (others === undefined) return skipNullable(schema, type);
  return (value, walk) => {
    if (value === null && schema.nullable !== true) type?.(value, walk);
    if (value === null) common?.(value, walk);
    else {
      type?.(value, walk);
      others(value, walk);
    }
  };
}

function skipNullable(schema: StructuralSchema, type: Check | undefined): Check | undefined {
  if (type === undefined || schema.nullable !== true) return type;
  return (value, walk) => {
    if (value !== null) type(value, walk);
  };
}

/**
 * All checks of a schema: value validations with types, then embedded resources, then uniqueness in lists of type set
 * and map, in upstream's order. `except` names properties of the root that are not looked at.
 */
export function compileValidator(schema: StructuralSchema, except: ReadonlySet<string> = NONE): Check {
  const checks = allOfChecks([compileCheck(schema, except), embeddedResourceChecks(schema), listTypeChecks(schema)]);
  return checks ?? (() => undefined);
}
