import { promisify } from "node:util";
import { constants, createGzip, type Gzip, gzip } from "node:zlib";

/** Answers above this many bytes are compressed for clients that accept it. */
export const GZIP_THRESHOLD = 128 * 1024;

const LEVEL = { level: constants.Z_BEST_SPEED };
const gzipBuffer = promisify<Buffer, typeof LEVEL, Buffer>(gzip);
const compressed = new WeakMap<Buffer, Promise<Buffer>>();

/** Bytes as gzip, at the speed level as upstream. Kept with the Buffer, so that a document served often is compressed once. */
export function gzipOnce(bytes: Buffer): Promise<Buffer> {
  let promise = compressed.get(bytes);
  if (promise === undefined) {
    promise = gzipBuffer(bytes, LEVEL);
    compressed.set(bytes, promise);
  }
  return promise;
}

/** The same as a stream. */
export function gzipStream(): Gzip {
  return createGzip(LEVEL);
}
