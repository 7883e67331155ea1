import { isJsonObject } from "@quarterdeck/meta";

/** The tag of self-described CBOR, by which data is recognised: before every object, as upstream has it. */
const SELF_DESCRIBED = Buffer.from([0xd9, 0xd9, 0xf7]);
const MAJOR = { unsigned: 0, negative: 1, bytes: 2, array: 4, map: 5 } as const;
const FALSE = Buffer.from([0xf4]);
const TRUE = Buffer.from([0xf5]);
const NULL = Buffer.from([0xf6]);
const TWO_32 = 0x1_0000_0000;

/** The head of an item: its major type with a number of up to 53 bits, in as few bytes as it takes. */
function head(major: number, value: number): Buffer {
  const type = major << 5;
  if (value < 24) return Buffer.from([type | value]);
  if (value < 0x100) return Buffer.from([type | 24, value]);
  if (value < 0x1_0000) return Buffer.from([type | 25, value >> 8, value & 0xff]);
  const long = value >= TWO_32;
  const bytes = Buffer.allocUnsafe(long ? 9 : 5);
  bytes[0] = type | (long ? 27 : 26);
  if (long) bytes.writeUInt32BE(Math.floor(value / TWO_32), 1);
  bytes.writeUInt32BE(value % TWO_32, long ? 5 : 1);
  return bytes;
}

/** A text, as bytes: upstream does not check Go's strings for UTF-8 on their way out. */
function text(value: string): Buffer[] {
  const bytes = Buffer.from(value, "utf8");
  return [head(MAJOR.bytes, bytes.length), bytes];
}

/** The sixteen bits of a number that has no more; undefined for others. */
function halfBits(value: number): number | undefined {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const exponent = Math.floor(Math.log2(size));
  if (size === 0 || exponent < -14) return Number.isInteger(size * 2 ** 24) ? sign | (size * 2 ** 24) : undefined;
  const fraction = (size / 2 ** exponent - 1) * 1024;
  return exponent <= 15 && Number.isInteger(fraction) ? sign | ((exponent + 15) << 10) | fraction : undefined;
}

/** In the smallest width that keeps the value, as deterministic encoding has it. */
function float(value: number): Buffer {
  const bits = halfBits(value);
  if (bits !== undefined) return Buffer.from([0xf9, bits >> 8, bits & 0xff]);
  const single = Math.fround(value) === value;
  const bytes = Buffer.allocUnsafe(single ? 5 : 9);
  bytes[0] = single ? 0xfa : 0xfb;
  if (single) bytes.writeFloatBE(value, 1);
  else bytes.writeDoubleBE(value, 1);
  return bytes;
}

function number(value: number): Buffer {
  if (!Number.isSafeInteger(value)) return float(value);
  return value < 0 ? head(MAJOR.negative, -1 - value) : head(MAJOR.unsigned, value);
}

function write(value: unknown, pieces: Buffer[]): void {
  if (typeof value === "string") pieces.push(...text(value));
  else if (typeof value === "number") pieces.push(number(value));
  else if (typeof value === "boolean") pieces.push(value ? TRUE : FALSE);
  else if (Array.isArray(value)) {
    pieces.push(head(MAJOR.array, value.length));
    for (const item of value) write(item, pieces);
  } else if (isJsonObject(value)) writeMap(value, pieces);
  else pieces.push(NULL);
}

function writeMap(map: { readonly [key: string]: unknown }, pieces: Buffer[]): void {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  pieces.push(head(MAJOR.map, entries.length));
  for (const { key, value } of sortedEntries(entries)) {
    pieces.push(head(MAJOR.bytes, key.length), key);
    write(value, pieces);
  }
}

/** As the bytes of the keys with their heads sort: shorter ones first. */
function sortedEntries(entries: readonly (readonly [string, unknown])[]): { key: Buffer; value: unknown }[] {
  return entries
    .map(([key, value]) => ({ key: Buffer.from(key, "utf8"), value }))
    .sort((one, other) => one.key.length - other.key.length || Buffer.compare(one.key, other.key));
}

/** A JSON value in CBOR, behind the tag of self-described CBOR: maps by their sorted keys, so that equal values are equal bytes. */
export function encodeCbor(value: unknown): Buffer {
  const pieces = [SELF_DESCRIBED];
  write(value, pieces);
  return Buffer.concat(pieces);
}

/** The same piece by piece of a list whose elements, of which there are `count`, come one by one; `frame` has all else. */
export function* encodeCborList(
  frame: { readonly [key: string]: unknown },
  elements: string,
  count: number,
  items: Iterable<unknown>,
): Iterable<Buffer> {
  const entries = sortedEntries(Object.entries(frame));
  let pieces = [SELF_DESCRIBED, head(MAJOR.map, entries.length)];
  for (const { key, value } of entries) {
    pieces.push(head(MAJOR.bytes, key.length), key);
    if (!key.equals(Buffer.from(elements))) {
      write(value, pieces);
      continue;
    }
    pieces.push(head(MAJOR.array, count));
    yield Buffer.concat(pieces);
    for (const item of items) {
      pieces = [];
      write(item, pieces);
      yield Buffer.concat(pieces);
    }
    pieces = [];
  }
  yield Buffer.concat(pieces);
}

const EVENT_TYPE = Buffer.concat(text("type"));
const EVENT_OBJECT = Buffer.concat(text("object"));

/** One event of a watch: an item of a sequence, which needs no length; the object has its own tag. */
export function encodeCborEvent(type: string, object: Buffer): Buffer {
  return Buffer.concat([SELF_DESCRIBED, head(MAJOR.map, 2), EVENT_TYPE, ...text(type), EVENT_OBJECT, object]);
}
