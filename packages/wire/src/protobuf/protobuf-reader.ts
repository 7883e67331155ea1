import { isUtf8 } from "node:buffer";
import { knownText } from "./known-texts.js";
import { ProtobufError } from "./protobuf-error.js";

/** The wire types that messages of Kubernetes use, and the two of groups, which nothing writes any more. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

const TWO_32 = 0x1_0000_0000;
const MAX_SHIFT = 63;
/** Messages may contain themselves; no real one comes near. With the lists they stand in, as deep as JSON may be. */
const MAX_DEPTH = 400;
const REPLACEMENT = "\ufffd";

/**
 * Reads protobuf fields out of a buffer. It never looks behind its limit (the end of the message it is in), recurses for
 * nothing and copies only what it returns; whatever is malformed is a {@link ProtobufError}.
 */
export class ProtobufReader {
  /** Number and wire type of the field that `next` has found. */
  number = 0;
  wireType = 0;
  private position = 0;
  private depth = 0;
  private limit: number;
  /** The halves of the last varint, unsigned. */
  private low = 0;
  private high = 0;

  constructor(private readonly bytes: Buffer) {
    this.limit = bytes.length;
  }

  /** True at the end of the message. */
  get done(): boolean {
    return this.position >= this.limit;
  }

  /** Goes to the next field of the message, whose name is for errors; false at its end. */
  next(message: string): boolean {
    if (this.position >= this.limit) return false;
    this.varint();
    this.wireType = this.low & 7;
    this.number = ((this.high & 7) << 29) | (this.low >>> 3);
    if (this.wireType === WIRE.endGroup) throw new ProtobufError(`proto: ${message}: wiretype end group for non-group`);
    if (this.number <= 0) {
      const tag = this.high * TWO_32 + this.low;
      throw new ProtobufError(`proto: ${message}: illegal tag ${this.number} (wire type ${tag})`);
    }
    return true;
  }

  /** Goes past the value of a field that nobody knows. */
  skip(): void {
    let open = 0;
    let wireType = this.wireType;
    for (;;) {
      if (wireType === WIRE.varint) this.varint();
      else if (wireType === WIRE.fixed64) this.advance(8);
      else if (wireType === WIRE.bytes) this.advance(this.length());
      else if (wireType === WIRE.startGroup) open++;
      else if (wireType === WIRE.fixed32) this.advance(4);
      else if (wireType !== WIRE.endGroup) throw new ProtobufError(`proto: illegal wireType ${wireType}`);
      // `next` has refused an end without a beginning.
      else open--;
      if (open === 0) return;
      this.varint();
      wireType = this.low & 7;
    }
  }

  /** Goes into a message: reads its length and returns the limit to `leave` with. */
  enter(): number {
    if (++this.depth > MAX_DEPTH) throw new ProtobufError("proto: exceeded max recursion depth");
    const outer = this.limit;
    const length = this.length();
    this.limit = this.advance(length) + length;
    this.position = this.limit - length;
    return outer;
  }

  /** Goes back to the message around the one that has been read to its end. */
  leave(outer: number): void {
    this.limit = outer;
    this.depth--;
  }

  /** A whole number of at most 53 bits. */
  int64(): number {
    this.varint();
    const value = (this.high | 0) * TWO_32 + this.low;
    if (!Number.isSafeInteger(value)) throw new ProtobufError("proto: integer overflow: more than 53 bits");
    return value;
  }

  int32(): number {
    this.varint();
    return this.low | 0;
  }

  bool(): boolean {
    this.varint();
    return this.low !== 0 || this.high !== 0;
  }

  double(): number {
    return this.bytes.readDoubleLE(this.advance(8));
  }

  float(): number {
    return this.bytes.readFloatLE(this.advance(4));
  }

  /** A view of bytes; it shares the memory of the body. */
  view(): Buffer {
    const length = this.length();
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  string(): string {
    const length = this.length();
    const start = this.advance(length);
    const known = knownText(this.bytes, start, length);
    if (known !== undefined) return known;
    const text = this.bytes.toString("utf8", start, start + length);
    // Only a text with this character can have been made of broken bytes.
    if (text.includes(REPLACEMENT) && !isUtf8(this.bytes.subarray(start, start + length))) {
      throw new ProtobufError("proto: string field contains invalid UTF-8");
    }
    return text;
  }

  base64(): string {
    const length = this.length();
    const start = this.advance(length);
    return this.bytes.toString("base64", start, start + length);
  }

  private length(): number {
    this.varint();
    if (this.high >= TWO_32 / 2) throw new ProtobufError("proto: negative length found during unmarshaling");
    return this.high * TWO_32 + this.low;
  }

  /** Goes forward and returns where it was. */
  private advance(count: number): number {
    const start = this.position;
    if (count > this.limit - start) throw new ProtobufError("unexpected EOF");
    this.position = start + count;
    return start;
  }

  private varint(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift <= MAX_SHIFT; shift += 7) {
      if (this.position >= this.limit) throw new ProtobufError("unexpected EOF");
      const byte = this.bytes[this.position++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift > 28) high |= bits << (shift - 32);
      else {
        low |= bits << 28;
        high = bits >>> 4;
      }
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw new ProtobufError("proto: integer overflow");
  }
}
