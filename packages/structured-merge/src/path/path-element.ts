import type { JsonValue } from "@quarterdeck/meta";

/**
 * One step from a value to one inside it, as upstream's `fieldpath.PathElement`: a field of an object, the item of an
 * associative list that has these keys (sorted by name), the item of a set, or a place in a list.
 */
export type PathElement =
  | { readonly field: string }
  | { readonly key: readonly (readonly [name: string, value: JsonValue])[] }
  | { readonly value: JsonValue }
  | { readonly index: number };

/** The steps from an object to one of its fields. */
export type FieldPath = readonly PathElement[];
