import { crc32 } from "node:zlib";
import { DamagedBackupError } from "./damaged-backup-error.js";

/** The first bytes of every backup; line breaks of both kinds, so that a transfer as text is noticed. */
export const MAGIC = Buffer.from("QDBACKUP\r\n\x1a\n", "latin1");
/** In front of each payload: its length and the CRC-32 of length and payload, both big-endian. */
const FRAME_HEAD_BYTES = 8;
/** No storage takes values that come near it: a greater length is damage. */
const MAX_PAYLOAD_BYTES = 256 * 1024 * 1024;

function checksum(length: Buffer, payload: Buffer): number {
  return crc32(payload, crc32(length));
}

/** A payload with its length and checksum. */
export function encodeFrame(...parts: readonly Buffer[]): Buffer {
  const frame = Buffer.concat([Buffer.alloc(FRAME_HEAD_BYTES), ...parts]);
  frame.writeUInt32BE(frame.length - FRAME_HEAD_BYTES, 0);
  frame.writeUInt32BE(checksum(frame.subarray(0, 4), frame.subarray(FRAME_HEAD_BYTES)), 4);
  return frame;
}

/** A payload and where its frame begins and ends, in bytes from where the reading began. */
export interface Frame {
  readonly payload: Buffer;
  readonly start: number;
  readonly end: number;
  /** The frame as it stands in the file. */
  readonly bytes: Buffer;
}

/** Splits chunks into frames, in bounded memory; throws {@link DamagedBackupError} where they do not fit. */
export async function* readFrames(chunks: AsyncIterable<Buffer>, offset = 0): AsyncGenerator<Frame, void> {
  let pending: Buffer = Buffer.alloc(0);
  let start = offset;
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let length = wholeFrame(pending, start); length > 0; length = wholeFrame(pending, start)) {
      const bytes = pending.subarray(0, length);
      pending = pending.subarray(length);
      yield { bytes, payload: checked(bytes, start), start, end: start + length };
      start += length;
    }
  }
  if (pending.length > 0) throw new DamagedBackupError(`it ends in the middle of a record at byte ${start}`);
}

/** The length of the frame at the start of the bytes; 0 while it is not all there. */
function wholeFrame(bytes: Buffer, start: number): number {
  if (bytes.length < FRAME_HEAD_BYTES) return 0;
  const length = bytes.readUInt32BE(0);
  if (length === 0 || length > MAX_PAYLOAD_BYTES) throw new DamagedBackupError(`no record begins at byte ${start}`);
  return bytes.length < FRAME_HEAD_BYTES + length ? 0 : FRAME_HEAD_BYTES + length;
}

function checked(frame: Buffer, start: number): Buffer {
  const payload = frame.subarray(FRAME_HEAD_BYTES);
  if (frame.readUInt32BE(4) === checksum(frame.subarray(0, 4), payload)) return payload;
  throw new DamagedBackupError(`the checksum of the record at byte ${start} is wrong`);
}
