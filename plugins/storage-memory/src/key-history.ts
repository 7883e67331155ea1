import type { StorageEntry, StorageVersion } from "@quarterdeck/sdk";

/** One version of a key; a tombstone has no entry. */
export interface Version {
  readonly revision: number;
  readonly entry: StorageEntry | undefined;
  /** When the key is to disappear, in milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  readonly note: Buffer | undefined;
}

/** The versions of one key that reads may still ask for, oldest first. */
export class KeyHistory {
  #versions: Version[] = [];

  /** What the key holds now. */
  get newest(): StorageEntry | undefined {
    return this.#versions.at(-1)?.entry;
  }

  /** What the key held at a revision, with its end when asked. */
  at(revision: number, expiry = false): StorageEntry | undefined {
    const version = this.#versions.findLast((candidate) => candidate.revision <= revision);
    return expiry && version?.entry !== undefined && version.expiresAt !== undefined
      ? { ...version.entry, expiresAt: version.expiresAt }
      : version?.entry;
  }

  write(version: Version): void {
    this.#versions.push(version);
  }

  /** All versions older than a revision, newest first. */
  before(revision: number): StorageVersion[] {
    const versions: StorageVersion[] = [];
    let createRevision = 0;
    for (const version of this.#versions) {
      if (version.revision >= revision) break;
      const { entry } = version;
      createRevision = entry?.createRevision ?? createRevision;
      const told = { revision: version.revision, createRevision, ...(version.note && { note: version.note }) };
      versions.push(entry === undefined ? { type: "delete", ...told } : { type: "put", value: entry.value, ...told });
    }
    return versions.reverse();
  }

  /** Drops what only revisions below this one need; true when nothing is left. */
  compact(revision: number): boolean {
    const newest = this.#versions.findLastIndex((version) => version.revision <= revision);
    const keep = newest >= 0 && this.#versions[newest]?.entry === undefined ? newest + 1 : Math.max(newest, 0);
    this.#versions = this.#versions.slice(keep);
    return this.#versions.length === 0;
  }
}
