import { formatGoDuration } from "@quarterdeck/meta";
import { ProtobufError } from "./protobuf-error.js";
import { type ProtobufReader, WIRE } from "./protobuf-reader.js";

/** The years that RFC 3339 can write, as seconds; the first is also Go's zero time. */
const YEAR_1 = -62_135_596_800;
const YEAR_10000 = 253_402_300_800;
const BILLION = 1_000_000_000;

function expectType(reader: ProtobufReader, wireType: number, field: string): void {
  if (reader.wireType === wireType) return;
  throw new ProtobufError(`proto: wrong wireType = ${reader.wireType} for field ${field}`);
}

/** The times of an object lie close together, and those of many objects are the same. */
const SLOTS = 256;
const texts = Array.from({ length: SLOTS }, () => ({ seconds: Number.NaN, text: "" }));

function wholeSeconds(seconds: number): string {
  const slot = texts[seconds & (SLOTS - 1)];
  if (slot?.seconds === seconds) return slot.text;
  const text = new Date(seconds * 1000).toISOString().slice(0, "0000-00-00T00:00:00".length);
  if (slot !== undefined) {
    slot.seconds = seconds;
    slot.text = text;
  }
  return text;
}

/** Which times are written with microseconds. */
type Fraction = "none" | "any" | "always";

function timeText(seconds: number, nanos: number, fraction: Fraction): string {
  if (seconds < YEAR_1 || seconds >= YEAR_10000 || nanos < 0 || nanos >= BILLION) {
    throw new ProtobufError("proto: Timestamp: out of range");
  }
  const whole = wholeSeconds(seconds);
  const micros = Math.trunc(nanos / 1000);
  return micros === 0 && fraction !== "always" ? `${whole}Z` : `${whole}.${String(micros).padStart(6, "0")}Z`;
}

/** A Timestamp `{ seconds = 1, nanos = 2 }` as RFC 3339 in UTC, with microseconds as its type has them; null for the zero time. */
export function readTime(reader: ProtobufReader, fraction: Fraction): string | null {
  const outer = reader.enter();
  const isZero = reader.done;
  let seconds = 0;
  let nanos = 0;
  while (reader.next("Timestamp")) {
    if (reader.number === 1) {
      expectType(reader, WIRE.varint, "Seconds");
      seconds = reader.int64();
    } else if (reader.number === 2) {
      expectType(reader, WIRE.varint, "Nanos");
      nanos = reader.int32();
    } else reader.skip();
  }
  reader.leave(outer);
  const counted = fraction === "none" ? 0 : nanos;
  return isZero || (seconds === YEAR_1 && counted === 0) ? null : timeText(seconds, counted, fraction);
}

/** A Quantity `{ string = 1 }`. */
export function readQuantity(reader: ProtobufReader): string {
  const outer = reader.enter();
  let text = "";
  while (reader.next("Quantity")) {
    if (reader.number === 1) {
      expectType(reader, WIRE.bytes, "String_");
      text = reader.string();
    } else reader.skip();
  }
  reader.leave(outer);
  return text === "" ? "0" : text;
}

/** A Duration `{ duration = 1: nanoseconds }`. */
export function readDuration(reader: ProtobufReader): string {
  const outer = reader.enter();
  let nanoseconds = 0;
  while (reader.next("Duration")) {
    if (reader.number === 1) {
      expectType(reader, WIRE.varint, "Duration");
      nanoseconds = reader.int64();
    } else reader.skip();
  }
  reader.leave(outer);
  return formatGoDuration(nanoseconds);
}

/** A list that has a type of its own in Go, `{ items = 1 }`, which a map may hold where it could hold no bare list. */
export function readStrings(reader: ProtobufReader): string[] {
  const outer = reader.enter();
  const strings: string[] = [];
  while (reader.next("ExtraValue")) {
    if (reader.number === 1) {
      expectType(reader, WIRE.bytes, "Items");
      strings.push(reader.string());
    } else reader.skip();
  }
  reader.leave(outer);
  return strings;
}

/** An IntOrString `{ type = 1 (0 int, 1 string), intVal = 2, strVal = 3 }`. */
export function readIntOrString(reader: ProtobufReader): number | string {
  const outer = reader.enter();
  let type = 0;
  let number = 0;
  let text = "";
  while (reader.next("IntOrString")) {
    if (reader.number === 1) {
      expectType(reader, WIRE.varint, "Type");
      type = reader.int64();
    } else if (reader.number === 2) {
      expectType(reader, WIRE.varint, "IntVal");
      number = reader.int32();
    } else if (reader.number === 3) {
      expectType(reader, WIRE.bytes, "StrVal");
      text = reader.string();
    } else reader.skip();
  }
  reader.leave(outer);
  if (type !== 0 && type !== 1) throw new ProtobufError("impossible IntOrString.Type");
  return type === 0 ? number : text;
}
