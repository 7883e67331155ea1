import { isUtf8 } from "node:buffer";
import { type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import { BodyError } from "../decode/body-error.js";
import { MAX_NESTING } from "../decode/nesting.js";

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const;
const INDEFINITE = 31;
const BREAK = 0xff;
const TWO_32 = 0x1_0000_0000;
const EPOCH_TAG = 1;
/** Numbers of any length, which nothing here can hold. */
const BIG_TAGS: ReadonlySet<number> = new Set([2, 3]);
/** What a byte string becomes as a text by the tag around it, of RFC 8949 3.4.5.2. */
const ENCODINGS: ReadonlyMap<number, BufferEncoding> = new Map([
  [21, "base64url"],
  [22, "base64"],
  [23, "hex"],
]);

/** Reads one item of CBOR to JSON, by the rules of upstream's serializer. */
class CborReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly bytes: Buffer) {}

  get done(): boolean {
    return this.#at === this.bytes.length;
  }

  value(tag?: number): JsonValue {
    const initial = this.#byte();
    const major = initial >> 5;
    const info = initial & 0x1f;
    switch (major) {
      case MAJOR.unsigned:
        return this.#integer(this.#argument(info));
      case MAJOR.negative:
        return this.#integer(-1 - this.#argument(info));
      case MAJOR.bytes:
        return this.#text(this.#string(MAJOR.bytes, info), tag);
      case MAJOR.text:
        return this.#text(this.#string(MAJOR.text, info), undefined);
      case MAJOR.array:
        return this.#nested(() => this.#array(info));
      case MAJOR.map:
        return this.#nested(() => this.#map(info));
      case MAJOR.tag:
        return this.#nested(() => this.#tagged(this.#argument(info)));
      default:
        return this.#simple(info);
    }
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > MAX_NESTING) throw new BodyError(`cbor: exceeded max nested level ${MAX_NESTING}`);
    const value = read();
    this.#depth--;
    return value;
  }

  #array(info: number): JsonValue[] {
    const values: JsonValue[] = [];
    this.#items(info, () => values.push(this.value()));
    return values;
  }

  #map(info: number): JsonObject {
    const map: JsonObject = {};
    this.#items(info, () => {
      const key = this.#key();
      if (Object.hasOwn(map, key)) throw new BodyError(`cbor: found duplicate map key ${JSON.stringify(key)}`);
      setOwn(map, key, this.value());
    });
    return map;
  }

  #key(): string {
    const initial = this.#byte();
    const major = initial >> 5;
    if (major !== MAJOR.bytes && major !== MAJOR.text) throw new BodyError("cbor: a map key is no string");
    return this.#text(this.#string(major, initial & 0x1f), undefined);
  }

  #items(info: number, read: () => void): void {
    if (info === INDEFINITE) {
      while (!this.#breaks()) read();
      return;
    }
    // Nothing is made for a count before what it counts is there.
    for (let left = this.#argument(info); left > 0; left--) read();
  }

  #breaks(): boolean {
    if (this.bytes[this.#at] !== BREAK) return false;
    this.#at++;
    return true;
  }

  #string(major: number, info: number): Buffer {
    if (info !== INDEFINITE) return this.#take(this.#argument(info));
    const chunks: Buffer[] = [];
    while (!this.#breaks()) {
      const initial = this.#byte();
      if (initial >> 5 !== major || (initial & 0x1f) === INDEFINITE) throw new BodyError("cbor: wrong element type");
      chunks.push(this.#take(this.#argument(initial & 0x1f)));
    }
    return Buffer.concat(chunks);
  }

  #text(bytes: Buffer, tag: number | undefined): string {
    const encoding = tag === undefined ? undefined : ENCODINGS.get(tag);
    if (encoding !== undefined) return bytes.toString(encoding);
    if (!isUtf8(bytes)) throw new BodyError("cbor: invalid UTF-8 string");
    return bytes.toString("utf8");
  }

  #tagged(tag: number): JsonValue {
    if (BIG_TAGS.has(tag)) throw new BodyError("cbor: cannot unmarshal a bignum");
    const value = this.value(tag);
    if (tag !== EPOCH_TAG) return value;
    const time = typeof value === "number" ? new Date(value * 1000) : undefined;
    if (time === undefined || Number.isNaN(time.getTime())) throw new BodyError("cbor: a time is no number of seconds");
    return time.toISOString().replace(".000Z", "Z");
  }

  #simple(info: number): JsonValue {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
        return null;
      case 25:
        return finite(half(this.#take(2).readUInt16BE()));
      case 26:
        return finite(this.#take(4).readFloatBE());
      case 27:
        return finite(this.#take(8).readDoubleBE());
      default:
        throw new BodyError("cbor: simple value is not recognized");
    }
  }

  #integer(value: number): number {
    if (!Number.isSafeInteger(value)) throw new BodyError("cbor: an integer has more than 53 bits");
    return value;
  }

  #argument(info: number): number {
    if (info < 24) return info;
    if (info === 24) return this.#byte();
    if (info === 25) return this.#take(2).readUInt16BE();
    if (info === 26) return this.#take(4).readUInt32BE();
    if (info !== 27) throw new BodyError(`cbor: invalid additional information ${info}`);
    const long = this.#take(8);
    return long.readUInt32BE() * TWO_32 + long.readUInt32BE(4);
  }

  #byte(): number {
    return this.#take(1)[0] ?? 0;
  }

  #take(length: number): Buffer {
    if (length > this.bytes.length - this.#at) throw new BodyError("unexpected EOF");
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new BodyError("cbor: a number is not finite");
  return value;
}

/** A number of 16 bits: sign, five of exponent, ten of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * 2 ** (exponent - 25) * (0x400 + fraction);
}

/**
 * Reads a body of one CBOR item to JSON. Texts may be text or byte strings, items of any length, tags are looked through;
 * repeated keys, numbers that JSON has not or that need more than 53 bits, and other simple values than false, true and null are
 * refused: a {@link BodyError}.
 */
export function decodeCbor(body: Buffer): JsonValue {
  const reader = new CborReader(body);
  const value = reader.value();
  if (!reader.done) throw new BodyError("cbor: there is more behind the item");
  return value;
}
