/**
 * How keys look in LevelDB; numbers are big-endian, so that the order of bytes is the order of numbers.
 *
 *     'd' key 00 01 head      → value       one version of a key; the key is UTF-8, a NUL in it is written 00 C3 BF.
 *                                           A note follows the value: note, length of the note (4)
 *     'l' revision sub sum    → 'd' … head, previous head      what a revision did, and which version it replaced;
 *                                           sub counts its changes, sum is the CRC-32 of the record (format 1: none)
 *     'm'                     → JSON        the format and the compacted revision
 *
 *     head = revision (8) createRevision (8) expiresAt (8) flags (1) checksum (4); flags: 1 deleted, 2 noted
 */
import { crc32 } from "node:zlib";
import type { VersionHead } from "./version-head.js";

const DATA = 0x64;
const LOG = 0x6c;
const HEAD_BYTES = 29;
const TERMINATOR_BYTES = 2;
const TAIL_BYTES = TERMINATOR_BYTES + HEAD_BYTES;
const LOG_BOUND_BYTES = 13;
const LOG_KEY_BYTES = 17;
const DELETED = 1;
const NOTED = 2;
const NO_HEAD = Buffer.alloc(HEAD_BYTES);

/** The key of the record that describes the store. */
export const META_KEY = Buffer.from("m");

/** The bytes that one change writes. */
export interface EncodedChange {
  readonly logKey: Buffer;
  readonly logValue: Buffer;
  readonly dataKey: Buffer;
  readonly checksum: number;
}

/** Encodes one change; `sub` counts the changes of a revision, `stored` is what its record will hold. */
export function encodeChange(
  key: string,
  head: Omit<VersionHead, "checksum">,
  sub: number,
  stored: Buffer,
  previous: VersionHead | undefined,
): EncodedChange {
  const escaped = escapeNul(key);
  const keyBytes = Buffer.byteLength(escaped);
  const dataEnd = LOG_KEY_BYTES + 1 + keyBytes + TAIL_BYTES;
  const block = Buffer.allocUnsafe(dataEnd + HEAD_BYTES);
  block[0] = LOG;
  writeNumber(block, head.revision, 1);
  block.writeUInt32BE(sub, 9);
  writeDataKey(block, LOG_KEY_BYTES, escaped, keyBytes, head);
  const dataKey = block.subarray(LOG_KEY_BYTES, dataEnd);
  const checksum = head.deleted && !head.noted ? 0 : checksumOf(dataKey, stored);
  block.writeInt32BE(checksum, dataEnd - 4);
  if (previous === undefined) {
    block.set(NO_HEAD, dataEnd);
  } else {
    writeHead(block, dataEnd, previous);
    block.writeInt32BE(previous.checksum, dataEnd + HEAD_BYTES - 4);
  }
  const logValue = block.subarray(LOG_KEY_BYTES);
  block.writeUInt32BE(crc32(logValue), LOG_BOUND_BYTES);
  return { logKey: block.subarray(0, LOG_KEY_BYTES), logValue, dataKey, checksum };
}

/** The key of one version's record. */
export function dataKeyOf(key: string, head: VersionHead): Buffer {
  const escaped = escapeNul(key);
  const keyBytes = Buffer.byteLength(escaped);
  const dataKey = Buffer.allocUnsafe(1 + keyBytes + TAIL_BYTES);
  writeDataKey(dataKey, 0, escaped, keyBytes, head);
  dataKey.writeInt32BE(head.checksum, dataKey.length - 4);
  return dataKey;
}

/** The key of a record that is to hold this, with its checksum. */
export function sealDataKey(
  key: string,
  head: Omit<VersionHead, "checksum">,
  stored: Buffer,
): { readonly dataKey: Buffer; readonly checksum: number } {
  const dataKey = dataKeyOf(key, { ...head, checksum: 0 });
  const checksum = checksumOf(dataKey, stored);
  dataKey.writeInt32BE(checksum, dataKey.length - 4);
  return { dataKey, checksum };
}

/** The key of the version that a log record's change replaced; undefined when it created the key. */
export function replacedDataKey(logValue: Buffer): Buffer | undefined {
  const dataEnd = logValue.length - HEAD_BYTES;
  if (readNumber(logValue, dataEnd) === 0) {
    return undefined;
  }
  const dataKey = Buffer.from(logValue.subarray(0, dataEnd));
  logValue.copy(dataKey, dataEnd - HEAD_BYTES, dataEnd);
  return dataKey;
}

/** The key of the version that a log record's change made. */
export function changedDataKey(logValue: Buffer): Buffer {
  return logValue.subarray(0, logValue.length - HEAD_BYTES);
}

/** Whether a log record is what was written; one of format 1 cannot tell. */
export function isWholeLog(logKey: Buffer, logValue: Buffer): boolean {
  return logKey.length === LOG_KEY_BYTES
    ? logKey.readUInt32BE(LOG_BOUND_BYTES) === crc32(logValue)
    : logKey.length === LOG_BOUND_BYTES;
}

/** The revision of the version that a log record's change replaced; 0 when it created the key. */
export function replacedRevision(logValue: Buffer): number {
  return readNumber(logValue, logValue.length - HEAD_BYTES);
}

/** The key in a data record's key. */
export function keyOf(dataKey: Buffer): string {
  const escaped = dataKey.toString("utf8", 1, dataKey.length - TAIL_BYTES);
  return escaped.includes("\0") ? escaped.replaceAll("\0\u00ff", "\0") : escaped;
}

/** True when two data records are versions of the same key. */
export function sameKey(a: Buffer, b: Buffer): boolean {
  const end = a.length - TAIL_BYTES;
  return a.length === b.length && a.compare(b, 0, end, 0, end) === 0;
}

/** The head in a data record's key; undefined when the bytes are none that were ever written. */
export function headOf(dataKey: Buffer): VersionHead | undefined {
  const start = dataKey.length - HEAD_BYTES;
  const flags = dataKey[start + 24] ?? 0;
  const terminated = start >= 1 + TERMINATOR_BYTES && dataKey.readUInt16BE(start - TERMINATOR_BYTES) === 1;
  if (!terminated || flags > (DELETED | NOTED)) {
    return undefined;
  }
  return {
    revision: readNumber(dataKey, start),
    createRevision: readNumber(dataKey, start + 8),
    expiresAt: readNumber(dataKey, start + 16),
    deleted: (flags & DELETED) !== 0,
    noted: (flags & NOTED) !== 0,
    checksum: dataKey.readInt32BE(start + 25),
  };
}

/** The revision in a data record's key. */
export function revisionOf(dataKey: Buffer): number {
  return readNumber(dataKey, dataKey.length - HEAD_BYTES);
}

/** The checksum that a record with this key and content must have. */
export function checksumOf(dataKey: Buffer, stored: Buffer): number {
  return crc32(dataKey.subarray(0, dataKey.length - 4), crc32(stored)) | 0;
}

/** The revision in a log record's key. */
export function logRevisionOf(logKey: Buffer): number {
  return readNumber(logKey, 1);
}

/** The smallest log key of a revision. */
export function logBound(revision: number): Buffer {
  const bound = Buffer.alloc(LOG_BOUND_BYTES);
  bound[0] = LOG;
  writeNumber(bound, revision, 1);
  return bound;
}

/** Not above any data key of a prefix, and above all that sort before it. */
export function prefixStart(prefix: string): Buffer {
  return Buffer.from(`d${escapeNul(prefix)}`);
}

/** Above every data key of a prefix. */
export function prefixEnd(prefix: string): Buffer {
  const bound = prefixStart(prefix);
  // The last byte of UTF-8, or the 'd', is never 0xff.
  bound[bound.length - 1] = (bound[bound.length - 1] ?? 0) + 1;
  return bound;
}

/** Above every version of a key, and below all keys that sort after it. */
export function keyEnd(key: string): Buffer {
  return Buffer.from(`d${escapeNul(key)}\0\u0002`);
}

/** Not above the version of a key at this revision, and above all older ones. */
export function versionBound(key: string, revision: number): Buffer {
  const bound = Buffer.alloc(Buffer.byteLength(escapeNul(key)) + 1 + TERMINATOR_BYTES + 8);
  bound.write(`d${escapeNul(key)}\0\u0001`);
  writeNumber(bound, revision, bound.length - 8);
  return bound;
}

function writeDataKey(
  target: Buffer,
  offset: number,
  escaped: string,
  keyBytes: number,
  head: Omit<VersionHead, "checksum">,
): void {
  target[offset] = DATA;
  target.write(escaped, offset + 1, keyBytes, keyBytes === escaped.length ? "latin1" : "utf8");
  const end = offset + 1 + keyBytes;
  target[end] = 0;
  target[end + 1] = 1;
  writeHead(target, end + TERMINATOR_BYTES, head);
}

function writeHead(target: Buffer, offset: number, head: Omit<VersionHead, "checksum">): void {
  writeNumber(target, head.revision, offset);
  writeNumber(target, head.createRevision, offset + 8);
  writeNumber(target, head.expiresAt, offset + 16);
  target[offset + 24] = (head.deleted ? DELETED : 0) | (head.noted ? NOTED : 0);
}

function writeNumber(target: Buffer, value: number, offset: number): void {
  target.writeUInt32BE(Math.floor(value / 0x100000000), offset);
  target.writeUInt32BE(value >>> 0, offset + 4);
}

function readNumber(source: Buffer, offset: number): number {
  return source.readUInt32BE(offset) * 0x100000000 + source.readUInt32BE(offset + 4);
}

function escapeNul(key: string): string {
  return key.includes("\0") ? key.replaceAll("\0", "\0\u00ff") : key;
}
