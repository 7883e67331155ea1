import type { CommitResult, StorageOperation } from "@quarterdeck/sdk";
import { CommitGroup, type Refusal } from "./commit-group.js";
import { accessError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { readVersion } from "./version-reader.js";

/** A group that has so many bytes is closed and the next one begun. */
const GROUP_BYTES = 4 * 1024 * 1024;
const SYNC = { sync: true };

/** What the queue does with a group that is on disk, before its commits resolve. */
export type DurableListener = (group: CommitGroup) => void;

/**
 * Group commit: commits are checked at once against the index, which knows those that are not yet on disk, and
 * encoded into a group; while one group is being written the next one fills. A failed write fails all groups, since
 * later commits were checked against earlier ones, and ends the queue: what of it reached the disk only a new opening
 * can tell.
 */
export class CommitQueue {
  readonly #groups: CommitGroup[] = [];
  #assigned: number;
  #scheduled = false;
  #writing = false;
  readonly #idle: (() => void)[] = [];

  constructor(
    private readonly store: OpenStore,
    private readonly onDurable: DurableListener,
    private readonly onFailure: (error: Error) => void,
  ) {
    this.#assigned = store.revision;
  }

  /** Takes a commit whose keys and values were found acceptable. */
  submit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    const refusal = this.#refusal(operations);
    if (refusal !== undefined && this.#groups.length === 0) {
      return this.#refuse(refusal);
    }
    const group = this.#openGroup();
    if (refusal === undefined) {
      this.#assigned = group.add(operations, this.#assigned + 1, this.store.index);
    }
    this.#schedule();
    const revision = this.#assigned;
    return new Promise((resolve, reject) => {
      group.waiting.push({ resolve, reject, revision, refusal });
    });
  }

  /** Whether anything is being written or waits to be. */
  get busy(): boolean {
    return this.#groups.length > 0;
  }

  /** Resolves when nothing is being written nor waits to be. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.busy) {
        resolve();
      } else {
        this.#idle.push(resolve);
      }
    });
  }

  /** Fails all commits that are not on disk, and all later ones. */
  fail(cause: unknown): void {
    if (this.store.failure !== undefined) {
      return;
    }
    const error = accessError(cause);
    this.store.failure = error;
    for (const group of this.#groups.splice(0)) {
      group.reject(error);
    }
    this.onFailure(error);
    this.#wakeIdle();
  }

  #refusal(operations: readonly StorageOperation[]): Refusal | undefined {
    for (let index = 0; index < operations.length; index++) {
      const operation = operations[index];
      if (operation === undefined || operation.expected === undefined) {
        continue;
      }
      const current = this.store.index.newest(operation.key);
      if ((current?.revision ?? 0) !== operation.expected) {
        return { index, key: operation.key, current };
      }
    }
    return undefined;
  }

  #openGroup(): CommitGroup {
    const last = this.#groups.at(-1);
    // The first group may be on its way to the disk already.
    if (last !== undefined && !last.closed && last.bytes < GROUP_BYTES) {
      return last;
    }
    const group = new CommitGroup(this.store.database.batch());
    this.#groups.push(group);
    return group;
  }

  #schedule(): void {
    if (!this.#writing && !this.#scheduled) {
      this.#scheduled = true;
      // After the input of this turn of the event loop: the commits of requests that came together share a write.
      setImmediate(() => {
        this.#scheduled = false;
        this.#write();
      });
    }
  }

  #write(): void {
    const group = this.#groups[0];
    if (group === undefined || this.#writing) {
      return;
    }
    this.#writing = true;
    group.closed = true;
    group.batch.write(SYNC).then(
      () => this.#written(group),
      (error: unknown) => {
        this.#writing = false;
        this.fail(error);
      },
    );
  }

  #written(group: CommitGroup): void {
    this.#writing = false;
    if (this.store.failure !== undefined) {
      return;
    }
    this.#groups.shift();
    this.#write();
    if (group.revision > this.store.revision) {
      this.store.revision = group.revision;
    }
    group.settle(this.store.index);
    this.onDurable(group);
    for (const { resolve, reject, revision, refusal } of group.waiting) {
      if (refusal === undefined) {
        resolve({ committed: true, revision });
      } else {
        this.#refuse(refusal).then(resolve, reject);
      }
    }
    this.#wakeIdle();
  }

  async #refuse({ index, key, current }: Refusal): Promise<CommitResult> {
    const { database, index: heads } = this.store;
    for (let head = current; head !== undefined; head = heads.durable(key)) {
      const entry = await readVersion(database, key, head).catch(rethrow);
      if (entry !== undefined) {
        return { committed: false, index, current: entry, revision: this.store.revision };
      }
      // It was replaced and forgotten while it was being read: the newest one is as good a reason.
    }
    return { committed: false, index, revision: this.store.revision };
  }

  #wakeIdle(): void {
    if (this.#groups.length === 0) {
      for (const resolve of this.#idle.splice(0)) {
        resolve();
      }
    }
  }
}

function rethrow(error: unknown): never {
  throw accessError(error);
}
