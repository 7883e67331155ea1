/** A message of etcd that is not what its protocol says. */
export class MalformedMessageError extends Error {
  constructor(problem: string) {
    super(`etcd sent a message that ${problem}`);
    this.name = "MalformedMessageError";
  }
}

/** Reads a protobuf message, field after field: as much of it as etcd's answers need. */
export class MessageReader {
  #at: number;
  #wireType = 0;

  constructor(
    private readonly bytes: Buffer,
    start = 0,
    private readonly end = bytes.length,
  ) {
    this.#at = start;
  }

  /** The number of the next field, whose value must be read or skipped; 0 at the end. */
  next(): number {
    if (this.#at >= this.end) {
      return 0;
    }
    const tag = this.#varint();
    this.#wireType = tag % 8;
    return Math.floor(tag / 8);
  }

  /** A whole number that a number must hold, such as a revision. */
  number(): number {
    const value = this.#varint();
    if (!Number.isSafeInteger(value)) {
      throw new MalformedMessageError("has a number above 2^53");
    }
    return value;
  }

  flag(): boolean {
    return this.#varint() !== 0;
  }

  /** All 64 bits of a number. */
  bigint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        return BigInt.asUintN(64, value);
      }
    }
  }

  /** Bytes within the message, which live as long as it. */
  data(): Buffer {
    const length = this.#length();
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    const length = this.#length();
    this.#at += length;
    return this.bytes.toString("utf8", this.#at - length, this.#at);
  }

  /** A message within this one. */
  message(): MessageReader {
    const length = this.#length();
    this.#at += length;
    return new MessageReader(this.bytes, this.#at - length, this.#at);
  }

  skip(): void {
    if (this.#wireType === 0) {
      while (this.#byte() >= 128) {}
    } else if (this.#wireType === 2) {
      this.#at += this.#length();
    } else if (this.#wireType === 1 || this.#wireType === 5) {
      this.#at += this.#wireType === 1 ? 8 : 4;
    } else {
      throw new MalformedMessageError(`has a field of type ${this.#wireType}`);
    }
  }

  #length(): number {
    const length = this.#varint();
    if (this.#at + length > this.end) {
      throw new MalformedMessageError("ends in the middle of a field");
    }
    return length;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        return value;
      }
    }
  }

  #byte(): number {
    const byte = this.bytes[this.#at++];
    if (byte === undefined || this.#at > this.end) {
      throw new MalformedMessageError("ends in the middle of a field");
    }
    return byte;
  }
}
