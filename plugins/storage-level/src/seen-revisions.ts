import { StorageDamagedError } from "./open-errors.js";

/** Which of the revisions behind a compaction have been seen, one bit for each. */
export class SeenRevisions {
  readonly #bits: Uint8Array;

  constructor(
    private readonly after: number,
    private readonly upTo: number,
  ) {
    this.#bits = new Uint8Array(Math.ceil((upTo - after + 1) / 8));
  }

  /** Takes note of a record; one behind the last revision is damage. */
  add(revision: number): void {
    if (revision > this.upTo) {
      throw new StorageDamagedError(`it has a record of revision ${revision} and no log of it`);
    }
    if (revision > this.after) {
      const at = revision - this.after;
      this.#bits[at >>> 3] = (this.#bits[at >>> 3] ?? 0) | (1 << (at & 7));
    }
  }

  /** Throws unless every revision has been seen; there never was a commit with revision 1. */
  assertAll(): void {
    for (let revision = Math.max(this.after, 1) + 1; revision <= this.upTo; revision++) {
      const at = revision - this.after;
      if (((this.#bits[at >>> 3] ?? 0) & (1 << (at & 7))) === 0) {
        throw new StorageDamagedError(`the records of revision ${revision} are missing`);
      }
    }
  }
}
