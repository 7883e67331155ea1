import type { JsonValue } from "@quarterdeck/meta";
import type { ScalarShape } from "@quarterdeck/sdk";
import { parseJson } from "../decode/parse-json.js";
import { ProtobufError } from "./protobuf-error.js";
import { type ProtobufReader, WIRE } from "./protobuf-reader.js";
import { readDuration, readIntOrString, readQuantity, readStrings, readTime } from "./well-known.js";

/** How one value is read: its wire type, and what takes it from the reader as JSON; null is an absent value. */
export interface ValueReader {
  readonly wireType: number;
  readonly read: (reader: ProtobufReader) => JsonValue;
  /** The value that stands for an absent map value: that of an empty message or scalar. */
  readonly empty: () => JsonValue;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new ProtobufError("proto: a number is not finite");
  return value;
}

/** FieldsV1 and RawExtension alike are a message of one field: the text of JSON. */
function readJson(reader: ProtobufReader): JsonValue {
  const outer = reader.enter();
  let text: Buffer | undefined;
  while (reader.next("RawExtension")) {
    if (reader.number === 1 && reader.wireType === WIRE.bytes) text = reader.view();
    else if (reader.number === 1) throw new ProtobufError(`proto: wrong wireType = ${reader.wireType} for field Raw`);
    else reader.skip();
  }
  reader.leave(outer);
  return text === undefined || text.length === 0 ? null : parseJson(text).value;
}

/** The readers of everything that is no message of fields. */
export const SCALAR_READERS: { readonly [shape in ScalarShape]: ValueReader } = {
  string: { wireType: WIRE.bytes, read: (reader) => reader.string(), empty: () => "" },
  bytes: { wireType: WIRE.bytes, read: (reader) => reader.base64(), empty: () => "" },
  int32: { wireType: WIRE.varint, read: (reader) => reader.int32(), empty: () => 0 },
  int64: { wireType: WIRE.varint, read: (reader) => reader.int64(), empty: () => 0 },
  bool: { wireType: WIRE.varint, read: (reader) => reader.bool(), empty: () => false },
  double: { wireType: WIRE.fixed64, read: (reader) => finite(reader.double()), empty: () => 0 },
  float: { wireType: WIRE.fixed32, read: (reader) => finite(reader.float()), empty: () => 0 },
  time: { wireType: WIRE.bytes, read: (reader) => readTime(reader, "none"), empty: () => null },
  "micro-time": { wireType: WIRE.bytes, read: (reader) => readTime(reader, "always"), empty: () => null },
  "any-time": { wireType: WIRE.bytes, read: (reader) => readTime(reader, "any"), empty: () => null },
  quantity: { wireType: WIRE.bytes, read: readQuantity, empty: () => "0" },
  "int-or-string": { wireType: WIRE.bytes, read: readIntOrString, empty: () => 0 },
  duration: { wireType: WIRE.bytes, read: readDuration, empty: () => "0s" },
  strings: { wireType: WIRE.bytes, read: readStrings, empty: () => [] },
  json: { wireType: WIRE.bytes, read: readJson, empty: () => null },
};
