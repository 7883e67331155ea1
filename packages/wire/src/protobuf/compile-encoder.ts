import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import type { FieldShape, MessageShape } from "@quarterdeck/sdk";
import { type EncodeMessage, EncoderSource } from "./encoder-source.js";
import { WIRE } from "./protobuf-reader.js";
import { ProtobufWriter } from "./protobuf-writer.js";
import { SCALAR_WRITERS, type ValueWriter } from "./value-writer.js";
import { variantWriter } from "./variant-writer.js";

const NOTHING: JsonObject = Object.freeze({});

/** Writes the objects of one message; compiled when it is first used, since messages may contain themselves. */
export class MessageEncoder {
  #empty: Buffer | undefined;
  /** Replaced by the compiled one. */
  encode: EncodeMessage = (writer, object) => {
    this.encode = compile(this.message);
    this.encode(writer, object);
  };

  constructor(private readonly message: MessageShape) {}

  /** What stands for an absent object, after its length. */
  get empty(): Buffer {
    if (this.#empty === undefined) {
      const writer = new ProtobufWriter();
      this.encode(writer, NOTHING);
      writer.length(0);
      this.#empty = writer.take();
    }
    return this.#empty;
  }

  /** Writes an object after its length. */
  write(writer: ProtobufWriter, value: JsonValue | undefined): void {
    if (!isJsonObject(value)) {
      writer.raw(this.empty);
      return;
    }
    const before = writer.size;
    this.encode(writer, value);
    writer.length(before);
  }
}

const encoders = new WeakMap<MessageShape, MessageEncoder>();

/**
 * The encoder of a message from the JSON form of its kind. The bytes are those that Go writes for the same object: fields in
 * the order of their numbers, those that are no pointers whether they are set or not, maps by their sorted keys, lists never
 * packed.
 */
export function messageEncoder(message: MessageShape): MessageEncoder {
  let encoder = encoders.get(message);
  if (encoder === undefined) {
    encoder = new MessageEncoder(message);
    encoders.set(message, encoder);
  }
  return encoder;
}

function valueWriter({ value }: FieldShape): ValueWriter {
  if (typeof value === "string") return SCALAR_WRITERS[value];
  const encoder = messageEncoder("variant" in value ? value.schema : value);
  const writer: ValueWriter = { wireType: WIRE.bytes, write: (to, object) => encoder.write(to, object) };
  return "variant" in value ? variantWriter(value.variant, writer) : writer;
}

const SURROGATE = /[\ud800-\udfff]/;

/** As Go sorts, by bytes: JavaScript's order differs above the basic plane alone. */
function sortKeys(keys: string[]): string[] {
  if (keys.length < 2) return keys;
  return keys.some((key) => SURROGATE.test(key))
    ? keys.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    : keys.sort();
}

type WriteMap = (writer: ProtobufWriter, map: JsonValue) => void;

function mapWriter(field: FieldShape): WriteMap {
  const { number, value } = field;
  const { wireType, write } = valueWriter(field);
  const tag = number * 8 + WIRE.bytes;
  const keyTag = 8 + WIRE.bytes;
  const valueTag = 16 + wireType;
  // Go has nil for `[]byte`.
  const mayLack = value === "bytes";
  return (writer, map) => {
    if (!isJsonObject(map)) return;
    const keys = sortKeys(Object.keys(map));
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] ?? "";
      const entry = map[key];
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

function addField(source: EncoderSource, field: FieldShape): void {
  const { value, repeat, inline } = field;
  if (repeat === "map") source.map(field, mapWriter(field));
  else if (typeof value === "string") source.scalar(field, SCALAR_WRITERS[value]);
  else if ("variant" in value) source.scalar(field, valueWriter(field));
  else if (inline) source.inlined(field, messageEncoder(value));
  else source.message(field, messageEncoder(value));
}

/** From the last field to the first, as the writer writes. */
function compile(message: MessageShape): EncodeMessage {
  const source = new EncoderSource();
  for (const field of [...message.fields].reverse()) addField(source, field);
  return source.compile();
}
