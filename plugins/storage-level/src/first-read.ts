import type { StorageEntry } from "@quarterdeck/sdk";
import { ValueSlab } from "./value-slab.js";

/** So many changes since the opening are remembered; with more the rest is let go. */
const MOST_CHANGES = 1000;

/**
 * What the scan at the opening read, for whoever reads whole prefixes right behind it, as the watch caches of a server
 * do: that saves them a second scan. A prefix is handed out once, and only while nothing below it has changed.
 */
export class FirstRead {
  #slab = new ValueSlab();
  #entries: StorageEntry[] = [];
  /** Changed keys, and prefixes that were handed out. */
  #spoiled: string[] = [];

  /** Takes the newest entry of a key; keys come in the order of their bytes. */
  add(entry: StorageEntry): void {
    const { key, value, createRevision, modRevision } = entry;
    this.#entries.push({ key, value: this.#slab.copy(value), createRevision, modRevision });
  }

  /** Hands out all entries of a prefix; undefined when they must be read from the database. */
  take(prefix: string): StorageEntry[] | undefined {
    const spoiled = this.#spoiled.some((other) => other.startsWith(prefix) || prefix.startsWith(other));
    if (spoiled || this.#entries.length === 0) {
      return undefined;
    }
    // No more is coming.
    this.#slab = new ValueSlab();
    const start = this.#position(prefix);
    let end = start;
    while (this.#entries[end]?.key.startsWith(prefix) === true) {
      end++;
    }
    this.#spoil(prefix);
    return this.#entries.splice(start, end - start);
  }

  /** Takes note that a key has changed. */
  touch(key: string): void {
    if (this.#entries.length > 0) {
      this.#spoil(key);
    }
  }

  /** Lets go of everything. */
  drop(): void {
    this.#slab = new ValueSlab();
    this.#entries = [];
    this.#spoiled = [];
  }

  #spoil(keyOrPrefix: string): void {
    this.#spoiled.push(keyOrPrefix);
    if (this.#spoiled.length > MOST_CHANGES) {
      this.drop();
    }
  }

  /** Where the first key stands that is not below this one. */
  #position(key: string): number {
    const bytes = Buffer.from(key);
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (Buffer.compare(Buffer.from(this.#entries[middle]?.key ?? ""), bytes) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
