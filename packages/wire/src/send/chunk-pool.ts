/** The size of the pieces in which long answers are written, and the size above which answers count as long. */
const CHUNK_BYTES = 128 * 1024;

/** Chunks kept for later: enough for some parallel lists, 2 MiB in all. */
const MAX_FREE = 16;

const free: Buffer[] = [];

/** A chunk of {@link CHUNK_BYTES} with any content. */
export function takeChunk(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
}

/** Gives a chunk back; nothing may read or write it afterwards. */
export function releaseChunk(chunk: Buffer): void {
  if (free.length < MAX_FREE) free.push(chunk);
}
