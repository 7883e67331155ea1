import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import type { FieldShape, MessageShape } from "@quarterdeck/sdk";
import { WIRE } from "./protobuf-reader.js";
import { ProtobufWriter } from "./protobuf-writer.js";
import { SCALAR_WRITERS, type ValueWriter } from "./value-writer.js";
import { variantWriter } from "./variant-writer.js";

/** Writes the fields of an object, without a length around them. Throws {@link ProtobufError} for values of other types. */
export type EncodeMessage = (writer: ProtobufWriter, object: JsonObject) => void;

function tagOf(number: number, wireType: number): number {
  return number * 8 + wireType;
}

const EMPTY: JsonObject = Object.freeze({});

/** Bytes that are made when they are first needed: of messages without any field that is set. */
function lazily(make: (writer: ProtobufWriter) => void): () => Buffer {
  let made: Buffer | undefined;
  return () => {
    if (made === undefined) {
      const writer = new ProtobufWriter();
      make(writer);
      made = writer.take();
    }
    return made;
  };
}

function messageWriter(message: MessageShape): ValueWriter {
  const encode = compileEncoder(message);
  const empty = lazily((writer) => {
    encode(writer, EMPTY);
    writer.length(0);
  });
  return {
    wireType: WIRE.bytes,
    write: (writer, value) => {
      if (!isJsonObject(value)) {
        writer.raw(empty());
        return;
      }
      const before = writer.size;
      encode(writer, value);
      writer.length(before);
    },
  };
}

function valueWriter({ value }: FieldShape): ValueWriter {
  if (typeof value === "string") return SCALAR_WRITERS[value];
  return "variant" in value ? variantWriter(value.variant, messageWriter(value.schema)) : messageWriter(value);
}

/** A value that stands once; Go has no empty `[]byte` but an absent one. */
function encodeOne(field: FieldShape): EncodeMessage {
  const { name, number, value, zero } = field;
  const { wireType, write } = valueWriter(field);
  const tag = tagOf(number, wireType);
  if (zero === "pointer" || value === "bytes") {
    return (writer, object) => {
      const present = object[name];
      if (present === undefined || present === null) return;
      write(writer, present);
      writer.varint(tag);
    };
  }
  return (writer, object) => {
    write(writer, object[name]);
    writer.varint(tag);
  };
}

function encodeList(field: FieldShape): EncodeMessage {
  const { name, number } = field;
  const { wireType, write } = valueWriter(field);
  const tag = tagOf(number, wireType);
  return (writer, object) => {
    const list = object[name];
    if (!Array.isArray(list)) return;
    for (let index = list.length - 1; index >= 0; index--) {
      write(writer, list[index]);
      writer.varint(tag);
    }
  };
}

const SURROGATE = /[\ud800-\udfff]/;

/** As Go sorts, by bytes: JavaScript's order differs above the basic plane alone. */
function sortKeys(keys: string[]): string[] {
  if (keys.length < 2) return keys;
  return keys.some((key) => SURROGATE.test(key))
    ? keys.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    : keys.sort();
}

function encodeMap(field: FieldShape): EncodeMessage {
  const { name, number, value } = field;
  const { wireType, write } = valueWriter(field);
  const tag = tagOf(number, WIRE.bytes);
  const keyTag = tagOf(1, WIRE.bytes);
  const valueTag = tagOf(2, wireType);
  const mayLack = value === "bytes";
  return (writer, object) => {
    const map = object[name];
    if (!isJsonObject(map)) return;
    const keys = sortKeys(Object.keys(map));
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] ?? "";
      const entry: JsonValue | undefined = map[key];
      const before = writer.size;
      if (!mayLack || typeof entry === "string") {
        write(writer, entry);
        writer.varint(valueTag);
      }
      writer.string(key);
      writer.varint(keyTag);
      writer.length(before);
      writer.varint(tag);
    }
  };
}

/** A message whose fields stand in its parent: to Go it is part of it, so it is always written. */
function encodeInline({ number }: FieldShape, message: MessageShape): EncodeMessage {
  const encode = compileEncoder(message);
  const tag = tagOf(number, WIRE.bytes);
  return (writer, object) => {
    const before = writer.size;
    encode(writer, object);
    writer.length(before);
    writer.varint(tag);
  };
}

function encodeField(field: FieldShape): EncodeMessage {
  const { value, repeat, inline } = field;
  if (repeat === "list") return encodeList(field);
  if (repeat === "map") return encodeMap(field);
  return inline && typeof value === "object" && !("variant" in value) ? encodeInline(field, value) : encodeOne(field);
}

const encoders = new WeakMap<MessageShape, EncodeMessage>();

/**
 * The encoder of a message from the JSON form of its kind, compiled when it is first used. The bytes are those that Go
 * writes for the same object: fields in the order of their numbers, those that are no pointers whether they are set or
 * not, maps by their sorted keys, lists never packed.
 */
export function compileEncoder(message: MessageShape): EncodeMessage {
  const known = encoders.get(message);
  if (known !== undefined) return known;
  let fields: readonly EncodeMessage[] | undefined;
  const encoder: EncodeMessage = (writer, object) => {
    fields ??= message.fields.map(encodeField).reverse();
    for (const encode of fields) encode(writer, object);
  };
  encoders.set(message, encoder);
  return encoder;
}
