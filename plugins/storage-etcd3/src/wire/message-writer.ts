/** Writes a protobuf message: as much of it as etcd's requests need. */
export class MessageWriter {
  #bytes: Buffer;
  #length: number;

  /** Leaves room in front, for what is only known at the end. */
  constructor(room = 0, capacity = 512) {
    this.#bytes = Buffer.allocUnsafe(room + capacity);
    this.#length = room;
  }

  /** All that was written, with the room in front. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A whole number of at most 2^53, not negative; zero is left out, as the default. */
  number(field: number, value: number): void {
    if (value !== 0) {
      this.#reserve(20);
      this.#varint(field * 8);
      this.#varint(value);
    }
  }

  /** A number that must be there also when it is zero, as in a oneof. */
  presentNumber(field: number, value: number): void {
    this.#reserve(20);
    this.#varint(field * 8);
    this.#varint(value);
  }

  /** An int64 that a number may not hold. */
  bigint(field: number, value: bigint): void {
    this.#reserve(20);
    this.#varint(field * 8);
    let rest = BigInt.asUintN(64, value);
    while (rest > 127n) {
      this.#bytes[this.#length++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  flag(field: number, value: boolean): void {
    this.number(field, value ? 1 : 0);
  }

  /** Bytes, or a message that was written before. */
  data(field: number, value: Uint8Array): void {
    this.#reserve(20 + value.length);
    this.#varint(field * 8 + 2);
    this.#varint(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A message within this one. */
  message(field: number, write: (writer: MessageWriter) => void): void {
    this.#reserve(20);
    this.#varint(field * 8 + 2);
    // Its length is not known yet. One byte is held for it, and what does not fit is moved.
    const at = this.#length++;
    write(this);
    const length = this.#length - at - 1;
    const extra = varintLength(length) - 1;
    if (extra > 0) {
      this.#reserve(extra);
      this.#bytes.copyWithin(at + 1 + extra, at + 1, this.#length);
    }
    this.#length = at;
    this.#varint(length);
    this.#length += length;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  #reserve(more: number): void {
    if (this.#length + more > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
  }
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) {
    length++;
  }
  return length;
}
