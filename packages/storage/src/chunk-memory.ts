/** The first chunk is small, since most resources are; each one is twice the last up to the largest. */
const FIRST = 8 * 1024;
const LARGEST = 128 * 1024;
/** What takes more than this part of a chunk gets memory of its own. */
const SHARE = 8;

/**
 * Gives out pieces of large chunks: a buffer with memory of its own costs 300 bytes beside it, one of Node's pool keeps
 * whatever else was in the pool at that time. A chunk is free when all of its pieces are; those who die together should
 * therefore be given out together.
 */
export class ChunkMemory {
  #chunk: Buffer = Buffer.alloc(0);
  #used = 0;
  #size = FIRST / 2;

  /** @param opened Told of each new chunk, from which the pieces to come are taken. */
  constructor(private readonly opened: (chunk: ArrayBufferLike) => void = () => undefined) {}

  allocate(size: number): Buffer {
    if (size * SHARE > LARGEST) return Buffer.allocUnsafeSlow(size);
    // Whoever is told of a new chunk may take from it at once.
    while (this.#used + size > this.#chunk.length) {
      this.#size = Math.min(this.#size * 2, LARGEST);
      while (this.#size < size) this.#size *= 2;
      this.#chunk = Buffer.allocUnsafeSlow(this.#size);
      this.#used = 0;
      this.opened(this.#chunk.buffer);
    }
    const piece = this.#chunk.subarray(this.#used, this.#used + size);
    this.#used += size;
    return piece;
  }
}
