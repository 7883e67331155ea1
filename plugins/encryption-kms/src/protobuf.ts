/** Bytes that are no message of the expected kind. */
class ProtobufError extends Error {
  override readonly name = "ProtobufError";
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

/** A field of bytes or text; nothing at all when it is empty, as proto3 writes it. */
export function bytesField(field: number, value: Buffer | string): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value) : value;
  return bytes.length === 0 ? bytes : wholeBytesField(field, bytes);
}

function wholeBytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + BYTES), varint(bytes.length), bytes]);
}

/** A field with a small number; nothing at all for 0. */
export function numberField(field: number, value: number): Buffer {
  return value === 0 ? Buffer.alloc(0) : Buffer.concat([varint(field * 8 + VARINT), varint(value)]);
}

/** A `map<string, bytes>`, its keys in order. */
export function mapField(field: number, map: ReadonlyMap<string, Buffer>): Buffer {
  const entries = [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  // An entry is written even when both halves are empty.
  return Buffer.concat(
    entries.map(([key, value]) => wholeBytesField(field, Buffer.concat([bytesField(1, key), bytesField(2, value)]))),
  );
}

/** The fields of a message as they came; a later one of a kind that comes once wins. */
export class Fields {
  readonly #bytes = new Map<number, Buffer[]>();
  readonly #numbers = new Map<number, number>();

  /** Reads a message; unknown fields are kept out of the way, broken ones throw. */
  constructor(message: Buffer) {
    let at = 0;
    const next = (): number => {
      let value = 0;
      for (let shift = 0; shift < 70; shift += 7) {
        const byte = message[at++];
        if (byte === undefined) throw new ProtobufError("unexpected EOF");
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
      throw new ProtobufError("a number is too long");
    };
    const take = (length: number): Buffer => {
      const end = at + length;
      if (end > message.length) throw new ProtobufError("unexpected EOF");
      const bytes = message.subarray(at, end);
      at = end;
      return bytes;
    };
    while (at < message.length) {
      const tag = next();
      const field = Math.floor(tag / 8);
      const type = tag % 8;
      if (field === 0) throw new ProtobufError("a field has no number");
      if (type === VARINT) this.#numbers.set(field, next());
      else if (type === BYTES) this.#bytes.set(field, [...(this.#bytes.get(field) ?? []), take(next())]);
      else if (type === FIXED64) take(8);
      else if (type === FIXED32) take(4);
      else throw new ProtobufError("a field has an unknown type");
    }
  }

  bytes(field: number): Buffer {
    return this.#bytes.get(field)?.at(-1) ?? Buffer.alloc(0);
  }

  text(field: number): string {
    return this.bytes(field).toString();
  }

  number(field: number): number {
    return this.#numbers.get(field) ?? 0;
  }

  map(field: number): ReadonlyMap<string, Buffer> {
    const entries = (this.#bytes.get(field) ?? []).map((entry) => new Fields(entry));
    return new Map(entries.map((entry) => [entry.text(1), entry.bytes(2)]));
  }
}
