import { type JsonValue, parseGoDuration, Quantity } from "@quarterdeck/meta";
import { instantOf } from "./instant.js";
import type { ProtobufWriter } from "./protobuf-writer.js";

/** Tags of the fields of these messages: number and wire type. */
const VARINT_1 = 0x08;
const VARINT_2 = 0x10;
const BYTES_1 = 0x0a;
const BYTES_3 = 0x1a;

/**
 * RFC 3339 as a Timestamp `{ seconds = 1, nanos = 2 }` after its length; the zero time and the empty text as an empty
 * message. Fractions are written `withFraction` only: to Go, a Time has none in protobuf.
 */
export function writeTime(writer: ProtobufWriter, text: string, withFraction: boolean): void {
  const instant = text === "" ? undefined : instantOf(text);
  if (instant === undefined) {
    writer.varint(0);
    return;
  }
  const before = writer.size;
  writer.int32(withFraction ? instant.micros * 1000 : 0);
  writer.varint(VARINT_2);
  writer.int64(instant.seconds);
  writer.varint(VARINT_1);
  writer.length(before);
}

/** A Quantity `{ string = 1 }` in its canonical form; an absent one is zero. */
export function writeQuantity(writer: ProtobufWriter, value: JsonValue | undefined): void {
  const before = writer.size;
  const isText = typeof value === "string" && value !== "";
  writer.string(isText ? value : typeof value === "number" ? Quantity.parse(String(value)).toString() : "0");
  writer.varint(BYTES_1);
  writer.length(before);
}

/** A Duration `{ duration = 1: nanoseconds }`. */
export function writeDuration(writer: ProtobufWriter, text: string): void {
  const before = writer.size;
  writer.int64(text === "" ? 0 : Math.round(parseGoDuration(text) * 1e6));
  writer.varint(VARINT_1);
  writer.length(before);
}

/** A list that has a type of its own in Go, `{ items = 1 }`. */
export function writeStrings(writer: ProtobufWriter, value: JsonValue | undefined): void {
  const before = writer.size;
  const items = Array.isArray(value) ? value : [];
  for (let index = items.length - 1; index >= 0; index--) {
    writer.string(String(items[index] ?? ""));
    writer.varint(BYTES_1);
  }
  writer.length(before);
}

/** An IntOrString `{ type = 1 (0 int, 1 string), intVal = 2, strVal = 3 }`; Go writes all three. */
export function writeIntOrString(writer: ProtobufWriter, value: JsonValue | undefined): void {
  const before = writer.size;
  const isText = typeof value === "string";
  writer.string(isText ? value : "");
  writer.varint(BYTES_3);
  writer.int32(typeof value === "number" ? value : 0);
  writer.varint(VARINT_2);
  writer.bool(isText);
  writer.varint(VARINT_1);
  writer.length(before);
}

/** FieldsV1, RawExtension and JSON alike: `{ 1: the text of JSON }`, empty without any. */
export function writeJson(writer: ProtobufWriter, value: JsonValue | undefined): void {
  if (value === undefined || value === null) {
    writer.varint(0);
    return;
  }
  const before = writer.size;
  writer.string(jsonText(value));
  writer.varint(BYTES_1);
  writer.length(before);
}

// Sets of fields are never changed in place, and live as long as their manager changes nothing else.
const texts = new WeakMap<object, string>();

function jsonText(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    texts.set(value, text);
  }
  return text;
}
