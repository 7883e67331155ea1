import type { JsonValue } from "@quarterdeck/meta";
import type { ScalarShape } from "@quarterdeck/sdk";
import { ProtobufError } from "./protobuf-error.js";
import { WIRE } from "./protobuf-reader.js";
import type { ProtobufWriter } from "./protobuf-writer.js";
import {
  writeDuration,
  writeIntOrString,
  writeJson,
  writeQuantity,
  writeStrings,
  writeTime,
} from "./well-known-writer.js";

/** Writes one value; an absent one and null as the empty value of its type. Throws {@link ProtobufError} for another type. */
export type WriteValue = (writer: ProtobufWriter, value: JsonValue | undefined) => void;

/** How one value is written, and the wire type that its tag tells. */
export interface ValueWriter {
  readonly wireType: number;
  readonly write: WriteValue;
}

function noSuch(type: string, value: JsonValue): ProtobufError {
  return new ProtobufError(`a ${typeof value} where protobuf has a ${type}`);
}

function text(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  throw noSuch("string", value);
}

function number(value: JsonValue | undefined): number {
  if (typeof value === "number") return value;
  if (value === undefined || value === null) return 0;
  throw noSuch("number", value);
}

function boolean(value: JsonValue | undefined): boolean {
  if (typeof value === "boolean") return value;
  if (value === undefined || value === null) return false;
  throw noSuch("bool", value);
}

/** The writers of everything that is no message of fields. */
export const SCALAR_WRITERS: { readonly [shape in ScalarShape]: ValueWriter } = {
  string: { wireType: WIRE.bytes, write: (writer, value) => writer.string(text(value)) },
  bytes: { wireType: WIRE.bytes, write: (writer, value) => writer.base64(text(value)) },
  int32: { wireType: WIRE.varint, write: (writer, value) => writer.int32(number(value)) },
  int64: { wireType: WIRE.varint, write: (writer, value) => writer.int64(number(value)) },
  bool: { wireType: WIRE.varint, write: (writer, value) => writer.bool(boolean(value)) },
  double: { wireType: WIRE.fixed64, write: (writer, value) => writer.double(number(value)) },
  float: { wireType: WIRE.fixed32, write: (writer, value) => writer.float(number(value)) },
  time: { wireType: WIRE.bytes, write: (writer, value) => writeTime(writer, text(value), false) },
  "micro-time": { wireType: WIRE.bytes, write: (writer, value) => writeTime(writer, text(value), true) },
  "any-time": { wireType: WIRE.bytes, write: (writer, value) => writeTime(writer, text(value), true) },
  quantity: { wireType: WIRE.bytes, write: writeQuantity },
  "int-or-string": { wireType: WIRE.bytes, write: writeIntOrString },
  duration: { wireType: WIRE.bytes, write: (writer, value) => writeDuration(writer, text(value)) },
  strings: { wireType: WIRE.bytes, write: writeStrings },
  json: { wireType: WIRE.bytes, write: writeJson },
};
