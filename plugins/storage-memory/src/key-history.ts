import type { StorageEntry } from "@quarterdeck/sdk";

/** One version of a key; a tombstone has no entry. */
interface Version {
  readonly revision: number;
  readonly entry: StorageEntry | undefined;
}

/** The versions of one key that reads may still ask for, oldest first. */
export class KeyHistory {
  #versions: Version[] = [];

  /** What the key holds now. */
  get newest(): StorageEntry | undefined {
    return this.#versions.at(-1)?.entry;
  }

  /** What the key held at a revision. */
  at(revision: number): StorageEntry | undefined {
    return this.#versions.findLast((version) => version.revision <= revision)?.entry;
  }

  write(revision: number, entry: StorageEntry | undefined): void {
    this.#versions.push({ revision, entry });
  }

  /** Drops what only revisions below this one need; true when nothing is left. */
  compact(revision: number): boolean {
    const newest = this.#versions.findLastIndex((version) => version.revision <= revision);
    const keep = newest >= 0 && this.#versions[newest]?.entry === undefined ? newest + 1 : Math.max(newest, 0);
    this.#versions = this.#versions.slice(keep);
    return this.#versions.length === 0;
  }
}
