import { HeadTable, type KeyHead } from "./head-table.js";
import type { VersionHead } from "./version-head.js";

/** Every key that exists with the head of its newest version, and the versions that are on their way to the disk. */
export class RevisionIndex {
  readonly #durable = new HeadTable();
  readonly #pending = new Map<string, KeyHead>();

  /** How many keys exist on disk. */
  get size(): number {
    return this.#durable.size;
  }

  /** What the next commit will find, commits that are not yet on disk included; undefined when the key is absent. */
  newest(key: string): KeyHead | undefined {
    const head = this.#pending.size === 0 ? undefined : this.#pending.get(key);
    if (head === undefined) {
      return this.#durable.get(key);
    }
    return head.deleted ? undefined : head;
  }

  /** What a reader finds, who must not see what is not on disk. */
  durable(key: string): KeyHead | undefined {
    return this.#durable.get(key);
  }

  /** The keys that have an end. */
  expiring(): IterableIterator<KeyHead> {
    return this.#durable.expiring();
  }

  /** Takes note of a version that is about to be written. */
  add(head: KeyHead): void {
    this.#pending.set(head.key, head);
  }

  /** Takes note that a version is on disk. */
  settle(head: KeyHead): void {
    this.load(head.key, head);
    if (this.#pending.get(head.key) === head) {
      this.#pending.delete(head.key);
    }
  }

  /** Takes note of a version that was found on disk or is there now; versions of a key come in ascending order. */
  load(key: string, head: VersionHead): void {
    if (head.deleted) {
      this.#durable.delete(key);
    } else {
      this.#durable.set(key, head);
    }
  }
}
