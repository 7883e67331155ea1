const FIRST_BYTES = 64 * 1024;
/** Blocks of this size go back to the system as soon as they are free: no allocator keeps them for later. */
const LARGEST_BYTES = 4 * 1024 * 1024;

/**
 * Copies values side by side into blocks of memory that they share. A Buffer of its own, as LevelDB gives one, costs
 * 200 bytes more, and leaves a hole in the memory of the process.
 */
export class ValueSlab {
  #block = Buffer.alloc(0);
  #used = 0;
  #bytes = FIRST_BYTES / 2;

  copy(value: Buffer): Buffer {
    if (value.length > FIRST_BYTES) {
      return value;
    }
    if (this.#used + value.length > this.#block.length) {
      this.#bytes = Math.min(2 * this.#bytes, LARGEST_BYTES);
      this.#block = Buffer.allocUnsafeSlow(this.#bytes);
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += value.length;
    this.#block.set(value, start);
    return this.#block.subarray(start, this.#used);
  }
}
