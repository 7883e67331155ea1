import { revisionPlace } from "./canonical-bytes.js";

const CLOSE_BRACE = 0x7d;

/** Gives memory of a size, with whatever is in it. */
export type Allocate = (size: number) => Buffer;

/**
 * A copy of canonical bytes (see `encodeObject`) with `resourceVersion` set, at upstream's place after uid; one that is
 * there already is replaced. One allocation, from `allocate`. Throws `NotCanonicalError` for other bytes.
 */
export function spliceRevision(value: Buffer, revision: number, allocate: Allocate = Buffer.allocUnsafe): Buffer {
  const { start, end, follows } = revisionPlace(value);
  const inserted = start === end;
  const before = inserted && follows ? "," : "";
  const after = inserted && !follows && value[end] !== CLOSE_BRACE ? "," : "";
  const member = `${before}"resourceVersion":"${revision}"${after}`;
  const spliced = allocate(value.length - (end - start) + member.length);
  value.copy(spliced, 0, 0, start);
  spliced.write(member, start, "latin1");
  value.copy(spliced, start + member.length, end);
  return spliced;
}
