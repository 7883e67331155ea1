/** DER that is cut short, too deep or not what stands there. */
export class DerError extends Error {
  override readonly name = "DerError";
}

/** One element of DER: its tag, its content, and all of its bytes. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  readonly raw: Buffer;
}

/** The universal tags that certificate requests are made of. */
export const DER = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

const LONG_FORM = 0x80;
const MAX_LENGTH_BYTES = 4;

/** The content length at `at`, and where the content begins. */
function readLength(bytes: Buffer, at: number): { readonly length: number; readonly start: number } {
  const first = bytes[at];
  if (first === undefined) throw new DerError("data truncated");
  if (first < LONG_FORM) return { length: first, start: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > MAX_LENGTH_BYTES || at + 1 + count > bytes.length) throw new DerError("invalid length");
  const length = bytes.readUIntBE(at + 1, count);
  if (length < LONG_FORM || (count > 1 && bytes[at + 1] === 0)) throw new DerError("non-minimal length");
  return { length, start: at + 1 + count };
}

/** The elements that stand one after the other in some bytes. */
export function derElements(bytes: Buffer): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    if ((tag & 0x1f) === 0x1f) throw new DerError("unsupported tag");
    const { length, start } = readLength(bytes, at + 1);
    const end = start + length;
    if (end > bytes.length) throw new DerError("data truncated");
    elements.push({ tag, content: bytes.subarray(start, end), raw: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/** The element at a place, which must have this tag. */
export function derAt(elements: readonly DerElement[], index: number, tag: number): DerElement {
  const element = elements[index];
  if (element === undefined) throw new DerError("an element is missing");
  if (element.tag !== tag) throw new DerError(`unexpected tag ${element.tag}`);
  return element;
}

/** An object identifier in dots. */
export function oidText({ content }: DerElement): string {
  const parts: number[] = [];
  let value = 0;
  for (const [index, byte] of content.entries()) {
    if (value > Number.MAX_SAFE_INTEGER / 256) throw new DerError("object identifier too large");
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) {
      if (index === content.length - 1) throw new DerError("object identifier truncated");
      continue;
    }
    if (parts.length === 0) {
      const root = Math.min(Math.floor(value / 40), 2);
      parts.push(root, value - root * 40);
    } else parts.push(value);
    value = 0;
  }
  return parts.join(".");
}
