const TWO_32 = 0x1_0000_0000;
/** What the longest varint takes. */
const VARINT_BYTES = 10;
/** Shorter texts are copied character by character: a call into the runtime costs more than they do. */
const SHORT_TEXT = 40;
/** Memory that is kept between messages; what a larger one needed is given back. */
const KEPT_BYTES = 1024 * 1024;

/**
 * Writes protobuf from its end to its beginning, as Go does: a length is known when what it counts has been written. The
 * memory grows as needed and is used again for the next message.
 */
export class ProtobufWriter {
  private bytes = Buffer.allocUnsafeSlow(16 * 1024);
  /** The first byte that is written. */
  private at = this.bytes.length;

  /** How many bytes are written: what a message is measured by, before and after. */
  get size(): number {
    return this.bytes.length - this.at;
  }

  /** A copy of all that is written, in memory of its own; the writer is empty again. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(this.at));
    this.clear();
    return taken;
  }

  /** Forgets what is written, after an error too. */
  clear(): void {
    if (this.bytes.length > KEPT_BYTES) this.bytes = Buffer.allocUnsafeSlow(KEPT_BYTES);
    this.at = this.bytes.length;
  }

  /** A number of up to 32 bits, unsigned: lengths, tags, and whole numbers from 0 on. */
  varint(value: number): void {
    if (this.at < VARINT_BYTES) this.grow(VARINT_BYTES);
    if (value < 0x80) this.bytes[--this.at] = value;
    else this.longVarint(value, 0);
  }

  /** The tag before a value: number and wire type of the field as one number. */
  tag(tag: number): void {
    this.varint(tag);
  }

  /** The length before what has been written since `size` was that of before. */
  length(before: number): void {
    this.varint(this.size - before);
  }

  int32(value: number): void {
    if (value >= 0) this.varint(value);
    else {
      if (this.at < VARINT_BYTES) this.grow(VARINT_BYTES);
      this.longVarint(value >>> 0, 0xffff_ffff);
    }
  }

  int64(value: number): void {
    if (value >= 0 && value < TWO_32) this.varint(value);
    else {
      if (this.at < VARINT_BYTES) this.grow(VARINT_BYTES);
      const high = Math.floor(value / TWO_32);
      this.longVarint(value - high * TWO_32, high >>> 0);
    }
  }

  bool(value: boolean): void {
    if (this.at < 1) this.grow(1);
    this.bytes[--this.at] = value ? 1 : 0;
  }

  double(value: number): void {
    if (this.at < 8) this.grow(8);
    this.at -= 8;
    this.bytes.writeDoubleLE(value, this.at);
  }

  float(value: number): void {
    if (this.at < 4) this.grow(4);
    this.at -= 4;
    this.bytes.writeFloatLE(value, this.at);
  }

  /** Bytes as they are, without a length. */
  raw(content: Uint8Array): void {
    if (this.at < content.length) this.grow(content.length);
    this.at -= content.length;
    this.bytes.set(content, this.at);
  }

  /** A text in UTF-8 after its length. */
  string(text: string): void {
    const { length } = text;
    if (length <= SHORT_TEXT) {
      if (this.at < length) this.grow(length);
      const { bytes } = this;
      let at = this.at;
      let index = length - 1;
      for (; index >= 0; index--) {
        const unit = text.charCodeAt(index);
        if (unit >= 0x80) break;
        bytes[--at] = unit;
      }
      if (index < 0) {
        this.at = at;
        this.varint(length);
        return;
      }
    }
    const size = Buffer.byteLength(text);
    if (this.at < size) this.grow(size);
    this.at -= size;
    this.bytes.write(text, this.at, size, size === length ? "latin1" : "utf8");
    this.varint(size);
  }

  /** The bytes of a base64 text after their length. */
  base64(text: string): void {
    const content = Buffer.from(text, "base64");
    this.raw(content);
    this.varint(content.length);
  }

  private longVarint(low: number, high: number): void {
    let length = 1;
    for (let rest = high * TWO_32 + low; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++;
    const end = this.at;
    this.at -= length;
    let lower = low;
    let upper = high;
    for (let index = this.at; index < end - 1; index++) {
      this.bytes[index] = (lower & 0x7f) | 0x80;
      lower = ((lower >>> 7) | (upper << 25)) >>> 0;
      upper >>>= 7;
    }
    this.bytes[end - 1] = lower;
  }

  private grow(needed: number): void {
    const { size } = this;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, size + needed));
    this.bytes.copy(grown, grown.length - size, this.at);
    this.bytes = grown;
    this.at = grown.length - size;
  }
}
