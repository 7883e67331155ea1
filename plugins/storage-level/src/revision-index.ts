import type { VersionHead } from "./version-head.js";

/** The newest version of a key, and behind it those that it replaced as long as it is not on disk. */
export class IndexEntry implements VersionHead {
  constructor(
    readonly revision: number,
    readonly createRevision: number,
    readonly expiresAt: number,
    readonly deleted: boolean,
    readonly checksum: number,
    public older: IndexEntry | undefined,
  ) {}
}

/** Every key that exists with the head of its newest version; no values. */
export class RevisionIndex {
  readonly #entries = new Map<string, IndexEntry>();

  get size(): number {
    return this.#entries.size;
  }

  [Symbol.iterator](): IterableIterator<[string, IndexEntry]> {
    return this.#entries.entries();
  }

  /** What the next commit will find, commits that are not yet on disk included; undefined when the key is absent. */
  newest(key: string): IndexEntry | undefined {
    const entry = this.#entries.get(key);
    return entry === undefined || entry.deleted ? undefined : entry;
  }

  /** What a reader finds who must not see beyond a revision, which is not older than the newest one on disk. */
  visible(key: string, revision: number): VersionHead | undefined {
    let entry = this.#entries.get(key);
    while (entry !== undefined && entry.revision > revision) {
      entry = entry.older;
    }
    return entry === undefined || entry.deleted ? undefined : entry;
  }

  /** Puts a version above what is there. */
  add(key: string, head: VersionHead): IndexEntry {
    const older = this.#entries.get(key);
    const { revision, createRevision, expiresAt, deleted, checksum } = head;
    const entry = new IndexEntry(revision, createRevision, expiresAt, deleted, checksum, older);
    this.#entries.set(key, entry);
    return entry;
  }

  /** Takes note that a version is on disk: what it replaced is history now. */
  settle(key: string, entry: IndexEntry): void {
    entry.older = undefined;
    if (entry.deleted && this.#entries.get(key) === entry) {
      this.#entries.delete(key);
    }
  }

  /** Notes a version that was read from disk; versions of a key come in ascending order. */
  load(key: string, head: VersionHead): void {
    if (head.deleted) {
      this.#entries.delete(key);
    } else {
      const { revision, createRevision, expiresAt, checksum } = head;
      this.#entries.set(key, new IndexEntry(revision, createRevision, expiresAt, false, checksum, undefined));
    }
  }
}
