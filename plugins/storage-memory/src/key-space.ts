import type { RangeOptions, StorageEntry, StorageVersion } from "@quarterdeck/sdk";
import { KeyHistory, type Version } from "./key-history.js";
import { compareUtf8 } from "./utf8-order.js";

/** All keys with their history, in the order of their UTF-8 bytes. */
export class KeySpace {
  readonly #histories = new Map<string, KeyHistory>();
  readonly #order: string[] = [];

  newest(key: string): StorageEntry | undefined {
    return this.#histories.get(key)?.newest;
  }

  at(key: string, revision: number, expiry?: boolean): StorageEntry | undefined {
    return this.#histories.get(key)?.at(revision, expiry);
  }

  /** The versions of a key older than a revision, newest first. */
  versions(key: string, before: number): StorageVersion[] {
    return this.#histories.get(key)?.before(before) ?? [];
  }

  write(key: string, version: Version): void {
    let history = this.#histories.get(key);
    if (history === undefined) {
      history = new KeyHistory();
      this.#histories.set(key, history);
      this.#order.splice(this.#position(key), 0, key);
    }
    history.write(version);
  }

  /** What a prefix held at a revision, in key order, from the first key behind `after` on. */
  range({ prefix, after, expiry }: RangeOptions, revision: number): StorageEntry[] {
    const entries: StorageEntry[] = [];
    let index = this.#position(prefix);
    if (after !== undefined) {
      const behind = this.#position(after);
      index = Math.max(index, this.#order[behind] === after ? behind + 1 : behind);
    }
    for (; index < this.#order.length; index++) {
      const key = this.#order[index];
      if (key === undefined || !key.startsWith(prefix)) {
        break;
      }
      const entry = this.at(key, revision, expiry);
      if (entry !== undefined) {
        entries.push(entry);
      }
    }
    return entries;
  }

  compact(revision: number): void {
    for (const [key, history] of this.#histories) {
      if (history.compact(revision)) {
        this.#histories.delete(key);
        this.#order.splice(this.#position(key), 1);
      }
    }
  }

  /** Where the key stands, or would stand, in the order. */
  #position(key: string): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(this.#order[middle] ?? "", key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
