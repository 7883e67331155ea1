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
  /** `meta/v1.MicroTime`: six decimals. */
  | "micro-time"
  /** One of both, where a schema does not say which: six decimals when there is a fraction. */
  | "any-time"
  | "quantity"
  | "int-or-string"
  /** The strings that a key of a map stands for, as `authentication/v1.ExtraValue`: a message of theirs. */
  | "strings"
  /** `meta/v1.Duration`: nanoseconds in a message, a text such as `1m30s` in JSON. */
  | "duration"
  /** JSON inside of a message: `meta/v1.FieldsV1`, `runtime.RawExtension` and `apiextensions/v1.JSON`. */
  | "json";

/**
 * A message that is one of two things in JSON, as schemas of custom resources have them:
 * `or-bool` `{ allows = 1, schema = 2 }`, `or-array` `{ schema = 1, jSONSchemas = 2 }`, `or-strings` `{ schema = 1, property = 2 }`.
 */
export interface VariantShape {
  readonly variant: "or-bool" | "or-array" | "or-strings";
  readonly schema: MessageShape;
}

/** One field of a message. */
export interface FieldShape {
  readonly name: string;
  readonly number: number;
  readonly value: ScalarShape | VariantShape | MessageShape;
  /** The fields of the nested message stand in the parent in JSON, as those of a Volume's source do. */
  readonly inline?: boolean;
  /** A list is repeated values, a map repeated entries of a string key (1) and a value (2). */
  readonly repeat: "one" | "list" | "map";
  /**
   * `omit`: Go writes the empty value although JSON leaves it out, so that it stands for an absent field. `keep`: both write
   * the empty value, as that of a required field. `pointer`: the empty value is one of its own, an absent field is not written.
   */
  readonly zero: "omit" | "keep" | "pointer";
}

/**
 * A protobuf message as its JSON form has it: what decoders and encoders are compiled from. The fields are in the order of
 * their numbers, in which Go writes them. A message may contain itself: whoever goes through one does so when it is needed.
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
