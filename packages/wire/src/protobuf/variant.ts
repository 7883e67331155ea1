import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import type { VariantShape } from "@quarterdeck/sdk";
import { ProtobufError } from "./protobuf-error.js";
import { type ProtobufReader, WIRE } from "./protobuf-reader.js";
import type { ValueReader } from "./value-reader.js";

type Variant = VariantShape["variant"];

/** The numbers of what the one schema and of what stands in its place. */
const NUMBERS: { readonly [variant in Variant]: { readonly schema: number; readonly other: number } } = {
  "or-bool": { schema: 2, other: 1 },
  "or-array": { schema: 1, other: 2 },
  "or-strings": { schema: 1, other: 2 },
};

function expect(reader: ProtobufReader, wireType: number, field: string): void {
  if (reader.wireType === wireType) return;
  throw new ProtobufError(`proto: wrong wireType = ${reader.wireType} for field ${field}`);
}

const OTHERS: { readonly [variant in Variant]: (reader: ProtobufReader, schema: ValueReader) => JsonValue } = {
  "or-bool": (reader) => {
    expect(reader, WIRE.varint, "Allows");
    return reader.bool();
  },
  "or-array": (reader, schema) => {
    expect(reader, WIRE.bytes, "JSONSchemas");
    return schema.read(reader);
  },
  "or-strings": (reader) => {
    expect(reader, WIRE.bytes, "Property");
    return reader.string();
  },
};

/** Reads what is a schema or something else; `schema` reads the schema. */
export function variantReader(variant: Variant, schema: ValueReader): ValueReader {
  const numbers = NUMBERS[variant];
  const readOther = OTHERS[variant];
  const read = (reader: ProtobufReader): JsonValue => {
    const outer = reader.enter();
    let one: JsonValue | undefined;
    const others: JsonValue[] = [];
    while (reader.next(variant)) {
      if (reader.number === numbers.schema) {
        expect(reader, WIRE.bytes, "Schema");
        one = schema.read(reader);
      } else if (reader.number === numbers.other) others.push(readOther(reader, schema));
      else reader.skip();
    }
    reader.leave(outer);
    if (one !== undefined) return one;
    return variant === "or-bool" ? (others.at(-1) ?? false) : others;
  };
  return { wireType: WIRE.bytes, read, empty: (): JsonObject => ({}) };
}
