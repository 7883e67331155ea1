const SLAB_BYTES = 64 * 1024;

/**
 * Copies values side by side into blocks of memory that they share. A Buffer with a block of its own, as LevelDB gives
 * one, costs 200 bytes more.
 */
export class ValueSlab {
  #block = Buffer.alloc(0);
  #used = 0;

  copy(value: Buffer): Buffer {
    if (value.length > SLAB_BYTES / 4) {
      return value;
    }
    if (this.#used + value.length > this.#block.length) {
      this.#block = Buffer.allocUnsafeSlow(SLAB_BYTES);
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += value.length;
    this.#block.set(value, start);
    return this.#block.subarray(start, this.#used);
  }
}
