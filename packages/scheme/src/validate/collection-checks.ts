import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { isFull, renderPath } from "../normalise/walk.js";
import type { SchemaValidations, StructuralSchema } from "../schema/structural-schema.js";
import { allOfChecks, type Check, type CompileCheck } from "./check.js";
import { jsonEqual } from "./json-equal.js";

/** `enum`: any JSON value that is deeply equal to one of the list. */
export function enumCheck(schema: SchemaValidations): Check | undefined {
  const { enum: allowed } = schema;
  if (allowed === undefined || allowed.length === 0) return undefined;
  const words = allowed.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const scalars = new Set<JsonValue>(allowed.filter((value) => typeof value !== "object"));
  const others = allowed.filter((value) => typeof value === "object");
  return (value, walk) => {
    if (scalars.has(value) || others.some((one) => jsonEqual(value, one)) || isFull(walk)) return;
    walk.errors.notSupported(renderPath(walk), value, words);
  };
}

/** `minItems`, `maxItems` and the items themselves. */
export function arrayChecks(schema: StructuralSchema, compile: CompileCheck): Check | undefined {
  const { minItems, maxItems } = schema;
  const item = schema.items === undefined ? undefined : compile(schema.items);
  if (item === undefined && minItems === undefined && maxItems === undefined) return undefined;
  return (value, walk) => {
    if (!Array.isArray(value)) return;
    if (item !== undefined) {
      const at = walk.depth++;
      for (let index = 0; index < value.length; index++) {
        walk.path[at] = index;
        item(value[index] ?? null, walk);
      }
      walk.depth = at;
    }
    if (minItems !== undefined && value.length < minItems && !isFull(walk)) {
      const path = renderPath(walk);
      walk.errors.invalid(path, value.length, `${path} in body should have at least ${minItems} items`);
    }
    if (maxItems !== undefined && value.length > maxItems && !isFull(walk)) {
      walk.errors.tooMany(renderPath(walk), value.length, maxItems);
    }
  };
}

function sizeCheck(schema: SchemaValidations): Check | undefined {
  const { minProperties, maxProperties } = schema;
  if (minProperties === undefined && maxProperties === undefined) return undefined;
  return (value, walk) => {
    if (!isJsonObject(value)) return;
    const size = Object.keys(value).length;
    if (minProperties !== undefined && size < minProperties && !isFull(walk)) {
      const path = renderPath(walk);
      walk.errors.invalid(path, size, `${path} in body should have at least ${minProperties} properties`);
    }
    if (maxProperties !== undefined && size > maxProperties && !isFull(walk)) {
      walk.errors.tooMany(renderPath(walk), size, maxProperties);
    }
  };
}

function requiredCheck(schema: SchemaValidations, except: ReadonlySet<string>): Check | undefined {
  const required = (schema.required ?? []).filter((name) => !except.has(name));
  if (required.length === 0) return undefined;
  return (value, walk) => {
    if (!isJsonObject(value)) return;
    for (const name of required) {
      if ((Object.hasOwn(value, name) && value[name] !== undefined) || isFull(walk)) continue;
      walk.errors.required(renderPath(walk, name));
    }
  };
}

function mapCheck(schema: StructuralSchema, compile: CompileCheck): Check | undefined {
  const { additionalProperties } = schema;
  const each = typeof additionalProperties === "object" ? compile(additionalProperties) : undefined;
  if (each === undefined) return undefined;
  const declared = new Set(Object.keys(schema.properties ?? {}));
  return (value, walk) => {
    if (!isJsonObject(value)) return;
    const at = walk.depth++;
    for (const key of Object.keys(value)) {
      if (declared.has(key)) continue;
      walk.path[at] = key;
      each(value[key] ?? null, walk);
    }
    walk.depth = at;
  };
}

function propertiesCheck(
  schema: SchemaValidations,
  except: ReadonlySet<string>,
  compile: CompileCheck,
): Check | undefined {
  const checks: { readonly name: string; readonly check: Check }[] = [];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const check = except.has(name) ? undefined : compile(property);
    if (check !== undefined) checks.push({ name, check });
  }
  if (checks.length === 0) return undefined;
  return (value, walk) => {
    if (!isJsonObject(value)) return;
    const at = walk.depth++;
    for (const { name, check } of checks) {
      const property = Object.hasOwn(value, name) ? value[name] : undefined;
      if (property === undefined) continue;
      walk.path[at] = name;
      check(property, walk);
    }
    walk.depth = at;
  };
}

/** Number of properties, map values, declared properties, required ones. */
export function objectChecks(
  schema: StructuralSchema,
  except: ReadonlySet<string>,
  compile: CompileCheck,
): Check | undefined {
  return allOfChecks([
    sizeCheck(schema),
    mapCheck(schema, compile),
    propertiesCheck(schema, except, compile),
    requiredCheck(schema, except),
  ]);
}
