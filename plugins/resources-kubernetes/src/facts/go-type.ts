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
export type GoType =
  | { readonly kind: "scalar"; readonly scalar: ScalarName; readonly values: readonly string[] | undefined }
  | { readonly kind: "special"; readonly special: SpecialType }
  | { readonly kind: "bytes" }
  | { readonly kind: "struct"; readonly name: string }
  | { readonly kind: "list"; readonly items: GoType; readonly named: boolean }
  | { readonly kind: "map"; readonly values: GoType };

/** A type with or without a pointer to it. */
export interface GoValue {
  readonly pointer: boolean;
  readonly type: GoType;
}

const MAP = /^map\[[^\]]+\](.+)$/;

function readNamed(name: string, place: string): GoType {
  const full = fullName(name, place);
  const scalar = SCALARS.get(name) ?? SCALARS.get(full);
  if (scalar !== undefined) return { kind: "scalar", scalar, values: undefined };
  const special = SPECIAL.get(full);
  if (special !== undefined) return { kind: "special", special };
  const fact = typeFact(full);
  if (fact.alias === undefined) return { kind: "struct", name: full };
  const aliased = readType(fact.alias, fact.place);
  if (aliased.kind === "scalar") return { ...aliased, values: fact.values ?? aliased.values };
  return aliased.kind === "list" ? { ...aliased, named: true } : aliased;
}

function readType(expression: string, place: string): GoType {
  if (expression === "[]byte") return { kind: "bytes" };
  if (expression.startsWith("[]")) return { kind: "list", items: readType(expression.slice(2), place), named: false };
  const values = MAP.exec(expression)?.[1];
  if (values !== undefined) return { kind: "map", values: readType(values, place) };
  return readNamed(expression.startsWith("*") ? expression.slice(1) : expression, place);
}

/** Reads a type as a field has it; names without a place belong to `place`. */
export function readGoType(expression: string, place: string): GoValue {
  return { pointer: expression.startsWith("*"), type: readType(expression.replace(/^\*/, ""), place) };
}
