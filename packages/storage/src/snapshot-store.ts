import type { CacheState } from "./cache-state.js";

/** A state of a whole resource that does not change any more. */
export interface Snapshot {
  readonly state: CacheState;
  /** The first revision that the state stands for. */
  readonly from: number;
  /** The last one; Infinity while nothing has changed since. */
  readonly until: number;
}

/** The bounds of a {@link SnapshotStore}. */
export interface SnapshotStoreOptions {
  readonly maxSnapshots: number;
  /** A snapshot that was not used for so long is let go. */
  readonly idleMilliseconds: number;
}

interface Pinned {
  readonly state: CacheState;
  readonly from: number;
  until: number;
  used: number;
}

/** States that lists have to be continued from, the least recently used first; bounded in count and age. */
export class SnapshotStore {
  #pinned: Pinned[] = [];

  constructor(private readonly options: SnapshotStoreOptions) {}

  get size(): number {
    return this.#pinned.length;
  }

  /** The state at a revision, if it is pinned. */
  find(revision: number, now: number): CacheState | undefined {
    const found = this.#pinned.find(({ from, until }) => from <= revision && revision <= until);
    if (found === undefined) return undefined;
    found.used = now;
    this.#pinned = [...this.#pinned.filter((pinned) => pinned !== found), found];
    return found.state;
  }

  add(snapshot: Snapshot, now: number): void {
    this.#pinned.push({ ...snapshot, used: now });
    if (this.#pinned.length > this.options.maxSnapshots) this.#pinned.shift();
  }

  /** Tells that the resource changes at `revision`: the newest state ends before it. */
  changed(revision: number): void {
    for (const pinned of this.#pinned) {
      if (pinned.until === Number.POSITIVE_INFINITY) pinned.until = revision - 1;
    }
  }

  trim(now: number): void {
    this.#pinned = this.#pinned.filter(({ used }) => now - used < this.options.idleMilliseconds);
  }

  clear(): void {
    this.#pinned = [];
  }
}
