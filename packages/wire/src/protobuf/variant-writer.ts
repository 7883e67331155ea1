import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import type { VariantShape } from "@quarterdeck/sdk";
import { WIRE } from "./protobuf-reader.js";
import type { ProtobufWriter } from "./protobuf-writer.js";
import type { ValueWriter, WriteValue } from "./value-writer.js";

const VARINT_1 = 0x08;
const BYTES_1 = 0x0a;
const BYTES_2 = 0x12;

/** How each is written, given the value and the writer of the schema. */
const CONTENTS: {
  readonly [variant in VariantShape["variant"]]: (
    writer: ProtobufWriter,
    value: JsonValue | undefined,
    schema: WriteValue,
  ) => void;
} = {
  "or-bool": (writer, value, schema) => {
    const isSchema = isJsonObject(value);
    if (isSchema) {
      schema(writer, value);
      writer.varint(BYTES_2);
    }
    // A schema allows something, so Go sets both.
    writer.bool(isSchema || value === true);
    writer.varint(VARINT_1);
  },
  "or-array": (writer, value, schema) => {
    const items = Array.isArray(value) ? value : [];
    for (let index = items.length - 1; index >= 0; index--) {
      schema(writer, items[index]);
      writer.varint(BYTES_2);
    }
    writeSchema(writer, value, schema);
  },
  "or-strings": (writer, value, schema) => {
    const items = Array.isArray(value) ? value : [];
    for (let index = items.length - 1; index >= 0; index--) {
      writer.string(String(items[index] ?? ""));
      writer.varint(BYTES_2);
    }
    writeSchema(writer, value, schema);
  },
};

function writeSchema(writer: ProtobufWriter, value: JsonValue | undefined, schema: WriteValue): void {
  if (!isJsonObject(value)) return;
  schema(writer, value);
  writer.varint(BYTES_1);
}

/** Writes what is a schema or something else; `schema` writes the schema. */
export function variantWriter(variant: VariantShape["variant"], schema: ValueWriter): ValueWriter {
  const content = CONTENTS[variant];
  return {
    wireType: WIRE.bytes,
    write: (writer, value) => {
      const before = writer.size;
      content(writer, value, schema.write);
      writer.length(before);
    },
  };
}
