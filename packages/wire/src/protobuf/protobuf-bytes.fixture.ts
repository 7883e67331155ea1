/** Bytes one after the other: numbers are single ones, strings UTF-8. */
export function bytes(...parts: readonly (number | string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.from([part]) : Buffer.from(part))));
}

/** A length-delimited field. */
export function field(number: number, content: Buffer | string): Buffer {
  const length = [];
  let rest = Buffer.byteLength(content);
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return bytes((number << 3) | 2, Buffer.from([...length, rest]), content);
}

/** The frame around a protobuf message: magic bytes, type and content. */
export function envelope(apiVersion: string, kind: string, raw: Buffer): Buffer {
  return bytes("k8s\0", field(1, bytes(field(1, apiVersion), field(2, kind))), field(2, raw));
}
