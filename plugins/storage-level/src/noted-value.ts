import { StorageDamagedError } from "./open-errors.js";

const LENGTH_BYTES = 4;
const NO_VALUE = Buffer.alloc(0);

/** What a record holds: the value, and behind it the note with its length when there is one. */
export function sealValue(value: Buffer | undefined, note: Buffer | undefined): Buffer {
  const bare = value ?? NO_VALUE;
  if (note === undefined) {
    return bare;
  }
  const sealed = Buffer.allocUnsafe(bare.length + note.length + LENGTH_BYTES);
  sealed.set(bare);
  sealed.set(note, bare.length);
  sealed.writeUInt32BE(note.length, bare.length + note.length);
  return sealed;
}

/** The value in a record, which is not copied. */
export function bareValue(stored: Buffer, noted: boolean): Buffer {
  return noted ? stored.subarray(0, noteStart(stored)) : stored;
}

/** The note in a record. */
export function noteOf(stored: Buffer, noted: boolean): Buffer | undefined {
  return noted ? stored.subarray(noteStart(stored), stored.length - LENGTH_BYTES) : undefined;
}

function noteStart(stored: Buffer): number {
  const end = stored.length - LENGTH_BYTES;
  const start = end < 0 ? -1 : end - stored.readUInt32BE(end);
  if (start < 0) {
    throw new StorageDamagedError("a record has a note that was never written");
  }
  return start;
}
