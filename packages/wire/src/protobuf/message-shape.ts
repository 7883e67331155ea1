/** The values that are no messages of fields of their own, whatever they are on the wire. */
export type ScalarShape =
  | "string"
  | "bytes"
  | "int32"
  | "int64"
  | "bool"
  | "double"
  | "float"
  /** `meta/v1.Time`: RFC 3339 with whole seconds. */
  | "time"
  /** `meta/v1.MicroTime`, or a Time whose schema does not say which: six decimals when there is a fraction. */
  | "micro-time"
  | "quantity"
  | "int-or-string"
  /** The strings that a key of a map stands for, as `authentication/v1.ExtraValue`: a message of theirs. */
  | "strings"
  /** JSON inside of a message: `meta/v1.FieldsV1` and `runtime.RawExtension`. */
  | "json";

/** One field of a message. */
export interface FieldShape {
  readonly name: string;
  readonly number: number;
  readonly value: ScalarShape | MessageShape;
  /** A list is repeated values, a map repeated entries of a string key (1) and a value (2). */
  readonly repeat: "one" | "list" | "map";
  /**
   * `omit`: Go writes the empty value although JSON leaves it out, so that it stands for an absent field. `keep`: the
   * empty value is a value of its own, as that of a pointer or of a required field.
   */
  readonly zero: "omit" | "keep";
}

/**
 * A protobuf message as its JSON form has it: what decoders are compiled from. It says all that an encoder needs too:
 * the fields are in the order of their numbers, in which Go writes them.
 */
export interface MessageShape {
  /** The Go type, for errors. */
  readonly name: string;
  readonly fields: readonly FieldShape[];
}

/** A message whose fields are put in the order of their numbers. */
export function messageShape(name: string, fields: readonly FieldShape[]): MessageShape {
  return { name, fields: [...fields].sort((left, right) => left.number - right.number) };
}
