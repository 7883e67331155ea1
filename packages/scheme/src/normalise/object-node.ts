import { type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { cloneJson } from "./clone-json.js";
import { sortKeys } from "./compare-utf8.js";
import { MAX_FINDINGS, renderPath, type Walk } from "./walk.js";

/** Rebuilds an object into `output`, by default a new one; what has the wrong type inside is reported to the walk. */
export type RebuildObject = (input: JsonObject, walk: Walk, output?: JsonObject) => JsonObject;

/** The compiled form of one place in a schema. */
export interface SchemaNode {
  readonly nullable: boolean;
  /** What the type check calls for, `integer,string` for int-or-string; undefined when any type will do. */
  readonly expected: string | undefined;
  /** Makes the default, a fresh one each time; undefined without a default. */
  readonly makeDefault: (() => JsonValue) | undefined;
  /** What becomes of the zero value, or of an absent one, in the object around it. */
  readonly zero: StructuralSchema["zero"];
  /** Rebuilds a value that is not null. What has the wrong type is reported and copied as it is. */
  readonly normalise: (value: JsonValue, walk: Walk) => JsonValue;
}

/** Compiles one place of a schema and all below it. */
export type CompileNode = (schema: StructuralSchema) => SchemaNode;

interface FieldNode extends SchemaNode {
  readonly name: string;
  /** The name is also one of Object.prototype: reading it must not find the inherited property. */
  readonly inherited: boolean;
}

const EMBEDDED = ["apiVersion", "kind", "metadata"];

function compileField(name: string, schema: StructuralSchema, compile: CompileNode): FieldNode {
  return { ...compile(schema), name, inherited: name in Object.prototype };
}

function fieldsOf(schema: StructuralSchema, compile: CompileNode, except: ReadonlySet<string>): FieldNode[] {
  const properties = { ...schema.properties };
  const meta = schema["x-kubernetes-embedded-resource"]
    ? EMBEDDED.filter((name) => !Object.hasOwn(properties, name))
    : [];
  return [
    ...meta.map((name) => compileField(name, {}, compile)),
    ...Object.keys(properties)
      .filter((name) => !except.has(name))
      .map((name) => compileField(name, properties[name] ?? {}, compile)),
  ];
}

type Rest = (input: JsonObject, key: string, output: JsonObject, walk: Walk) => void;

const dropUnknown: Rest = (_input, key, _output, walk) => {
  if (walk.unknown.length < MAX_FINDINGS) walk.unknown.push(renderPath(walk, key));
};

const keepUnknown: Rest = (input, key, output) => {
  const value = input[key];
  if (value !== undefined) setOwn(output, key, cloneJson(value, "sorted"));
};

/** The zero value of a scalar, a list or a map of Go's, which `omitempty` leaves out of JSON. */
function isZero(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return !value;
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
}

function setNormal(field: FieldNode, value: JsonValue, output: JsonObject): void {
  if (field.zero !== "omit" || !isZero(value)) setOwn(output, field.name, value);
  else if (field.makeDefault !== undefined) setOwn(output, field.name, field.makeDefault());
}

/** What a property becomes that is null, or that a class declares and the input lacks. */
function setAbsent(node: SchemaNode, isNull: boolean, output: JsonObject, key: string): void {
  if ((isNull && node.nullable) || node.zero === "null") setOwn(output, key, null);
  else if (node.makeDefault !== undefined) setOwn(output, key, node.makeDefault());
}

function keepMapped(node: SchemaNode): Rest {
  return (input, key, output, walk) => {
    const value = input[key] ?? null;
    if (value === null) {
      setAbsent(node, true, output, key);
      return;
    }
    walk.path[walk.depth++] = key;
    setOwn(output, key, node.normalise(value, walk));
    walk.depth--;
  };
}

function restOf(schema: StructuralSchema, compile: CompileNode): Rest {
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") return keepMapped(compile(additionalProperties));
  return additionalProperties === true || schema["x-kubernetes-preserve-unknown-fields"] ? keepUnknown : dropUnknown;
}

/**
 * Compiles an object place: declared fields in their order with defaults, then what a map or
 * preserve-unknown-fields keeps, in key order. `except` names properties that the caller copies itself.
 */
export function compileObject(
  schema: StructuralSchema,
  compile: CompileNode,
  except: ReadonlySet<string> = new Set(),
): RebuildObject {
  const fields = fieldsOf(schema, compile, except);
  const known = new Set([...fields.map((field) => field.name), ...except]);
  const rest = restOf(schema, compile);
  return (input, walk, output = {}) => {
    const { depth } = walk;
    walk.depth = depth + 1;
    let seen = 0;
    for (const field of fields) {
      const value = field.inherited && !Object.hasOwn(input, field.name) ? undefined : input[field.name];
      if (value !== undefined) seen++;
      if (value === undefined || value === null) {
        setAbsent(field, value === null, output, field.name);
        continue;
      }
      walk.path[depth] = field.name;
      setNormal(field, field.normalise(value, walk), output);
    }
    walk.depth = depth;
    const keys = Object.keys(input);
    if (keys.length === seen) return output;
    for (const key of sortKeys(keys)) if (!known.has(key)) rest(input, key, output, walk);
    return output;
  };
}
