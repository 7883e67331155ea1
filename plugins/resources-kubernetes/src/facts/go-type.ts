import { fullName, typeFact } from "./fact-table.js";

/** Types that JSON and protobuf write in a form of their own, by their full names. */
export type SpecialType =
  | "time"
  | "micro-time"
  | "duration"
  | "quantity"
  | "int-or-string"
  | "json"
  | "any-json"
  | "or-bool"
  | "or-array"
  | "or-strings";

const SPECIAL: ReadonlyMap<string, SpecialType> = new Map([
  ["meta/v1.Time", "time"],
  ["meta/v1.MicroTime", "micro-time"],
  ["meta/v1.Duration", "duration"],
  ["api/resource.Quantity", "quantity"],
  ["util/intstr.IntOrString", "int-or-string"],
  ["meta/v1.FieldsV1", "json"],
  ["runtime.RawExtension", "json"],
  ["apiextensions/v1.JSON", "any-json"],
  ["apiextensions/v1.JSONSchemaPropsOrBool", "or-bool"],
  ["apiextensions/v1.JSONSchemaPropsOrArray", "or-array"],
  ["apiextensions/v1.JSONSchemaPropsOrStringArray", "or-strings"],
]);

/** The scalars of Go that occur. */
export type ScalarName = "string" | "bool" | "int32" | "int64" | "float64";

const SCALARS: ReadonlyMap<string, ScalarName> = new Map([
  ["string", "string"],
  ["bool", "bool"],
  ["int32", "int32"],
  ["int64", "int64"],
  ["float64", "float64"],
  ["types.UID", "string"],
  ["types.NodeName", "string"],
  ["time.Duration", "int64"],
]);

/** A Go type, read: aliases are what they stand for, and the values that are declared for them are theirs. */
export type GoType = {
  /** What Go calls it: `int32`, `v1.PodSpec`, `[]v1.Container`. */
  readonly goName: string;
} & (
  | { readonly kind: "scalar"; readonly scalar: ScalarName; readonly values: readonly string[] | undefined }
  | { readonly kind: "special"; readonly special: SpecialType }
  | { readonly kind: "bytes" }
  | { readonly kind: "struct"; readonly name: string }
  | { readonly kind: "list"; readonly items: GoType }
  | { readonly kind: "map"; readonly values: GoType }
);

/** A type with or without a pointer to it. */
export interface GoValue {
  readonly pointer: boolean;
  readonly type: GoType;
}

const MAP = /^map\[([^\]]+)\](.+)$/;

/** A type with the last part of its package: `v1.PodSpec` of `core/v1.PodSpec`. */
function goName(full: string): string {
  return full.slice(full.lastIndexOf("/") + 1);
}

function readNamed(name: string, place: string): GoType {
  const full = fullName(name, place);
  const plain = SCALARS.get(name);
  if (plain !== undefined) return { kind: "scalar", scalar: plain, values: undefined, goName: name };
  const special = SPECIAL.get(full);
  if (special !== undefined) return { kind: "special", special, goName: goName(full) };
  const fact = typeFact(full);
  if (fact.alias === undefined) return { kind: "struct", name: full, goName: goName(full) };
  const aliased = readType(fact.alias, fact.place);
  if (aliased.kind !== "scalar") return { ...aliased, goName: goName(full) };
  return { ...aliased, values: fact.values ?? aliased.values, goName: goName(full) };
}

function readMap(key: string, value: string, place: string): GoType {
  const values = readType(value, place);
  const keyName = SCALARS.has(key) ? key : goName(fullName(key, place));
  return { kind: "map", values, goName: `map[${keyName}]${values.goName}` };
}

function readType(expression: string, place: string): GoType {
  if (expression === "[]byte") return { kind: "bytes", goName: "[]uint8" };
  if (expression.startsWith("[]")) {
    const items = readType(expression.slice(2), place);
    return { kind: "list", items, goName: `[]${items.goName}` };
  }
  const [, key, value] = MAP.exec(expression) ?? [];
  if (key !== undefined && value !== undefined) return readMap(key, value, place);
  return readNamed(expression.startsWith("*") ? expression.slice(1) : expression, place);
}

/** Reads a type as a field has it; names without a place belong to `place`. */
export function readGoType(expression: string, place: string): GoValue {
  return { pointer: expression.startsWith("*"), type: readType(expression.replace(/^\*/, ""), place) };
}
