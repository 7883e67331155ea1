/**
 * Orders strings by their UTF-8 bytes, as Go sorts map keys. JavaScript compares UTF-16 units, which puts characters
 * beyond U+FFFF before U+E000..U+FFFF.
 */
export function compareUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) {
      const aboveA = a >= 0xd800 && a <= 0xdfff ? a + 0x10000 : a;
      const aboveB = b >= 0xd800 && b <= 0xdfff ? b + 0x10000 : b;
      return aboveA - aboveB;
    }
  }
  return left.length - right.length;
}

/** Sorts keys in place in UTF-8 order; keys that are in order already, as most are, cost one pass. */
export function sortKeys(keys: string[]): string[] {
  for (let index = 1; index < keys.length; index++) {
    if (compareUtf8(keys[index - 1] ?? "", keys[index] ?? "") > 0) return keys.sort(compareUtf8);
  }
  return keys;
}
