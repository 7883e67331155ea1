/** The watches that are open, so that a stop can end them cleanly. */
export class OpenWatches {
  readonly #ends = new Set<() => void>();
  #closed = false;

  get size(): number {
    return this.#ends.size;
  }

  /** Takes in a watch; gives what takes it out again. A watch that comes after {@link endAll} is ended at once. */
  add(end: () => void): () => void {
    if (this.#closed) {
      end();
      return () => {};
    }
    this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  /** Ends all watches, and from now on any new one. */
  endAll(): void {
    this.#closed = true;
    for (const end of [...this.#ends]) end();
    this.#ends.clear();
  }
}
