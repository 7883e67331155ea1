/** Takes apart what Snappy has compressed; undefined for bytes that are not its work. */
export function uncompressSnappy(compressed: Buffer): Buffer | undefined {
  const reader = { bytes: compressed, at: 0 };
  const target = Buffer.alloc(Math.min(readVarint(reader), compressed.length * 64));
  let end = 0;
  while (reader.at < compressed.length) {
    const tag = compressed[reader.at++] ?? 0;
    if ((tag & 3) === 0) {
      const length = literalLength(reader, tag >>> 2);
      end += compressed.copy(target, end, reader.at, reader.at + length);
      reader.at += length;
    } else {
      const { length, offset } = readCopy(reader, tag);
      if (offset === 0 || offset > end) return undefined;
      for (let left = length; left > 0 && end < target.length; left--, end++) {
        target[end] = target[end - offset] ?? 0;
      }
    }
  }
  return end === target.length ? target : undefined;
}

/** Bytes that are read from the front. */
export interface ByteReader {
  readonly bytes: Buffer;
  at: number;
}

/** Reads a number of up to 53 bits, seven at a time. */
export function readVarint(reader: ByteReader): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = reader.bytes[reader.at++] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 0x80;
  }
}

function literalLength(reader: ByteReader, code: number): number {
  return code < 60 ? code + 1 : readBytes(reader, code - 59) + 1;
}

function readCopy(reader: ByteReader, tag: number): { readonly length: number; readonly offset: number } {
  if ((tag & 3) === 1) {
    return { length: ((tag >>> 2) & 7) + 4, offset: (tag >>> 5) * 256 + readBytes(reader, 1) };
  }
  return { length: (tag >>> 2) + 1, offset: readBytes(reader, (tag & 3) === 2 ? 2 : 4) };
}

function readBytes(reader: ByteReader, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index++) {
    value += (reader.bytes[reader.at++] ?? 0) * 256 ** index;
  }
  return value;
}
