/** Longer texts are seldom the same as others, and looking at their bytes costs more than reading them. */
const MAX_BYTES = 48;
const SLOTS = 4096;

const texts: (string | undefined)[] = new Array(SLOTS).fill(undefined);

/**
 * A short text of ASCII, the very string that equal bytes were read to before if it is still known: objects of one kind say
 * the same words over and over, and a call into the runtime for each costs more than finding it. Undefined for other texts.
 */
export function knownText(bytes: Buffer, start: number, length: number): string | undefined {
  if (length > MAX_BYTES) return undefined;
  let hash = length;
  for (let at = start; at < start + length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) return undefined;
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
  const known = texts[slot];
  if (known !== undefined && isText(known, bytes, start, length)) return known;
  const text = bytes.toString("latin1", start, start + length);
  texts[slot] = text;
  return text;
}

function isText(text: string, bytes: Buffer, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let index = 0; index < length; index++) if (text.charCodeAt(index) !== bytes[start + index]) return false;
  return true;
}
