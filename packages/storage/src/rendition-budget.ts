/** Something that holds encodings that it could make again. */
export interface RenditionHolder {
  /** Forgets them. */
  release(): void;
}

interface Charge {
  /** Weak: a state that nothing else needs any more must not live on for what could be made again of it. */
  readonly holder: WeakRef<RenditionHolder>;
  readonly bytes: number;
}

/**
 * Bounds what parsed objects and encodings may cost beside the stored bytes: the oldest are forgotten first, and made
 * again when they are asked for. One budget can serve the stores of all resources.
 */
export class RenditionBudget {
  #charges: Charge[] = [];
  #first = 0;
  #bytes = 0;

  /** @param maxBytes Counted in bytes of JSON; a parsed object takes two to three times as much. */
  constructor(readonly maxBytes: number = 32 * 1024 * 1024) {}

  get bytes(): number {
    return this.#bytes;
  }

  charge(holder: RenditionHolder, bytes: number): void {
    this.#charges.push({ holder: new WeakRef(holder), bytes });
    this.#bytes += bytes;
    while (this.#bytes > this.maxBytes) {
      const oldest = this.#charges[this.#first++];
      if (oldest === undefined) break;
      this.#bytes -= oldest.bytes;
      oldest.holder.deref()?.release();
    }
    if (this.#first > 1024 && this.#first * 2 > this.#charges.length) {
      this.#charges = this.#charges.slice(this.#first);
      this.#first = 0;
    }
  }
}
