const POLYNOMIAL = 0x82f63b78;
const SLICES = 8;
const TABLE = makeTable();

/** CRC-32C (Castagnoli), the checksum in LevelDB's tables, as an unsigned number; eight bytes at a time. */
export function crc32c(bytes: Uint8Array): number {
  const table = TABLE;
  const wholeEnd = bytes.length - (bytes.length % SLICES);
  let crc = -1;
  let at = 0;
  for (; at < wholeEnd; at += SLICES) {
    const low = crc ^ word(bytes, at);
    const high = word(bytes, at + 4);
    crc =
      entry(table, 7, low & 0xff) ^
      entry(table, 6, (low >>> 8) & 0xff) ^
      entry(table, 5, (low >>> 16) & 0xff) ^
      entry(table, 4, low >>> 24) ^
      entry(table, 3, high & 0xff) ^
      entry(table, 2, (high >>> 8) & 0xff) ^
      entry(table, 1, (high >>> 16) & 0xff) ^
      entry(table, 0, high >>> 24);
  }
  for (; at < bytes.length; at++) {
    crc = (crc >>> 8) ^ entry(table, 0, (crc ^ (bytes[at] ?? 0)) & 0xff);
  }
  return ~crc >>> 0;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function entry(table: Int32Array, slice: number, byte: number): number {
  return table[slice * 256 + byte] ?? 0;
}

function makeTable(): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
    }
    table[byte] = crc;
  }
  for (let at = 256; at < table.length; at++) {
    const before = entry(table, 0, at - 256);
    const previous = at < 512 ? before : (table[at - 256] ?? 0);
    table[at] = (previous >>> 8) ^ entry(table, 0, previous & 0xff);
  }
  return table;
}
