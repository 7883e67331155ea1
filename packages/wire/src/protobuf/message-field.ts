import { type FieldShape, type MessageShape, messageShape, type ScalarShape } from "@quarterdeck/sdk";

type Value = ScalarShape | MessageShape;

/** A field that JSON leaves out when it is empty. */
export function omit(number: number, value: Value): Omit<FieldShape, "name"> {
  return { number, value, repeat: "one", zero: "omit" };
}

/** A field that JSON writes even when it is empty. */
export function keep(number: number, value: Value): Omit<FieldShape, "name"> {
  return { number, value, repeat: "one", zero: "keep" };
}

/** A field that is a pointer in Go: absent is not the same as empty. */
export function pointer(number: number, value: Value): Omit<FieldShape, "name"> {
  return { number, value, repeat: "one", zero: "pointer" };
}

/** A list of values, never packed. */
export function list(number: number, value: Value): Omit<FieldShape, "name"> {
  return { number, value, repeat: "list", zero: "omit" };
}

/** A map by strings. */
export function map(number: number, value: Value): Omit<FieldShape, "name"> {
  return { number, value, repeat: "map", zero: "omit" };
}

/** A message written down by hand, its fields in any order. */
export function message(name: string, fields: { readonly [name: string]: Omit<FieldShape, "name"> }): MessageShape {
  return messageShape(
    name,
    Object.entries(fields).map(([field, shape]) => ({ name: field, ...shape })),
  );
}
