import { TABLES } from "./tables/tables.js";

/** What a field is beyond its type: list type and keys, map type, strategy and key of patches, default. */
interface FieldWords {
  readonly l?: "atomic" | "set" | "map";
  readonly k?: readonly string[];
  readonly m?: "atomic" | "granular";
  readonly s?: string;
  readonly y?: string;
  readonly d?: string | number | boolean;
}

/** A field as a table has it: name, number (0 for none), Go type, flags (omitempty, required, inline), the rest. */
type FieldRow = readonly [name: string, number: number, type: string, flags: string, words?: FieldWords];

/** A type as a table has it: an alias with the values that are declared for it, or a struct with its fields. */
interface TypeRow {
  readonly a?: string;
  readonly e?: readonly string[];
  readonly f?: readonly FieldRow[];
  readonly m?: "atomic" | "granular";
  readonly t?: boolean;
}

interface FactTable {
  readonly group: string;
  readonly version: string;
  readonly protoPackage: string;
  readonly types: { readonly [name: string]: TypeRow };
}

/** One field of a struct of Kubernetes. */
export interface FieldFact {
  /** Empty for a struct whose fields stand in its parent. */
  readonly name: string;
  /** 0 when protobuf has no such field. */
  readonly number: number;
  /** A Go type: `*int32`, `[]Container`, `map[string]string`, `core/v1.PodSpec`. */
  readonly type: string;
  readonly omitEmpty: boolean;
  readonly required: boolean;
  readonly words: FieldWords;
}

/** A type of Kubernetes: what it stands for, or the fields that it has. */
export interface TypeFact {
  /** The group and version that names in it belong to, such as `core/v1`. */
  readonly place: string;
  readonly name: string;
  readonly alias: string | undefined;
  readonly values: readonly string[] | undefined;
  readonly fields: readonly FieldFact[];
  readonly mapType: "atomic" | "granular" | undefined;
  /** It has a kind and an apiVersion of its own, which protobuf leaves to whoever holds it. */
  readonly hasTypeMeta: boolean;
}

/** A table has no such type: a defect of this package. */
class UnknownTypeError extends Error {
  override readonly name = "UnknownTypeError";
}

const tables = new Map<string, FactTable>();

/** The table of a group and version, read when it is first asked for. */
function tableOf(place: string): FactTable | undefined {
  let table = tables.get(place);
  const text = TABLES.get(place);
  if (table === undefined && text !== undefined) {
    const read: FactTable = JSON.parse(text);
    table = read;
    tables.set(place, table);
  }
  return table;
}

function fieldFact([name, number, type, flags, words = {}]: FieldRow): FieldFact {
  return { name, number, type, omitEmpty: flags.includes("o"), required: flags.includes("r"), words };
}

/** The name of a type with its place: `PodSpec` in `core/v1` is `core/v1.PodSpec`. */
export function fullName(name: string, place: string): string {
  return name.includes(".") ? name : `${place}.${name}`;
}

/** What is known of a type such as `core/v1.PodSpec`; an {@link UnknownTypeError} when that is nothing. */
export function typeFact(full: string): TypeFact {
  const at = full.lastIndexOf(".");
  const place = full.slice(0, at);
  const name = full.slice(at + 1);
  const row = tableOf(place)?.types[name];
  if (row === undefined) throw new UnknownTypeError(`there are no facts of ${full}`);
  const fields = (row.f ?? []).map(fieldFact);
  return { place, name, alias: row.a, values: row.e, fields, mapType: row.m, hasTypeMeta: row.t === true };
}

/** The package of a group and version in protobuf, such as `k8s.io.api.core.v1`. */
export function protoPackage(place: string): string {
  return tableOf(place)?.protoPackage ?? "";
}
