import type { VersionHead } from "./version-head.js";

const FIRST_SLOTS = 1024;

/**
 * The newest head of each key in columns of numbers: 29 bytes of a head in place of an object of 80. The one string of
 * a key that is kept here is the one that events and entries carry, so that whoever keeps those shares it.
 */
export class HeadTable {
  readonly #slots = new Map<string, number>();
  readonly #keys: string[] = [];
  readonly #free: number[] = [];
  #revisions = new Float64Array(FIRST_SLOTS);
  #createRevisions = new Float64Array(FIRST_SLOTS);
  #expiries = new Float64Array(FIRST_SLOTS);
  #checksums = new Int32Array(FIRST_SLOTS);
  #noted = new Uint8Array(FIRST_SLOTS);

  get size(): number {
    return this.#slots.size;
  }

  get(key: string): KeyHead | undefined {
    const slot = this.#slots.get(key);
    return slot === undefined ? undefined : this.#at(slot);
  }

  set(key: string, head: VersionHead): void {
    const slot = this.#slots.get(key) ?? this.#claim(key);
    this.#revisions[slot] = head.revision;
    this.#createRevisions[slot] = head.createRevision;
    this.#expiries[slot] = head.expiresAt;
    this.#checksums[slot] = head.checksum;
    this.#noted[slot] = head.noted ? 1 : 0;
  }

  delete(key: string): void {
    const slot = this.#slots.get(key);
    if (slot !== undefined) {
      this.#slots.delete(key);
      this.#keys[slot] = "";
      this.#expiries[slot] = 0;
      this.#free.push(slot);
    }
  }

  /** The keys that have an end. */
  *expiring(): IterableIterator<KeyHead> {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      if (this.#expiries[slot] !== 0) {
        yield this.#at(slot);
      }
    }
  }

  #at(slot: number): KeyHead {
    return {
      key: this.#keys[slot] ?? "",
      revision: this.#revisions[slot] ?? 0,
      createRevision: this.#createRevisions[slot] ?? 0,
      expiresAt: this.#expiries[slot] ?? 0,
      checksum: this.#checksums[slot] ?? 0,
      noted: this.#noted[slot] === 1,
      deleted: false,
    };
  }

  #claim(key: string): number {
    const slot = this.#free.pop() ?? this.#keys.length;
    if (slot === this.#revisions.length) {
      this.#grow(Math.ceil(slot * 1.5));
    }
    this.#keys[slot] = key;
    this.#slots.set(key, slot);
    return slot;
  }

  #grow(slots: number): void {
    this.#revisions = grown(this.#revisions, new Float64Array(slots));
    this.#createRevisions = grown(this.#createRevisions, new Float64Array(slots));
    this.#expiries = grown(this.#expiries, new Float64Array(slots));
    this.#checksums = grown(this.#checksums, new Int32Array(slots));
    this.#noted = grown(this.#noted, new Uint8Array(slots));
  }
}

/** A head with its key. */
export interface KeyHead extends VersionHead {
  readonly key: string;
}

function grown<T extends { set(from: ArrayLike<number>): void }>(from: ArrayLike<number>, to: T): T {
  to.set(from);
  return to;
}
