import type { JsonValue } from "@quarterdeck/meta";

/** A scalar, `Any` (kept as YAML text) or the name of a message of the same {@link MessageShapes}. */
export type FieldKind = string;

/** A field: its number, its kind, and whether it repeats. */
export type MessageField = readonly [number: number, kind: FieldKind, repeated?: "repeated"];

/** The field that fits a value; undefined when none does, and the message is empty. */
type Choose = (value: JsonValue) => readonly [number: number, kind: FieldKind] | undefined;

/**
 * How a JSON value becomes a message of gnostic's protobuf packages:
 * `struct` by key, `map` as repeated name and value pairs, `list` as one repeated field (a lone value counts as one item),
 * `choice` as the one field that fits. Keys that begin with `x-` go to the `vendor` field.
 */
export type MessageShape =
  | { readonly form: "struct"; readonly fields: { readonly [key: string]: MessageField }; readonly vendor?: number }
  | { readonly form: "map"; readonly entry: number; readonly value: FieldKind; readonly vendor?: number }
  | { readonly form: "list"; readonly field: number; readonly item: FieldKind }
  | { readonly form: "choice"; readonly choose: Choose };

/** The messages of a package by name; `Document` is the whole. */
export type MessageShapes = { readonly [message: string]: MessageShape };
