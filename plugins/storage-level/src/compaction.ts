import { FutureRevisionError } from "@quarterdeck/sdk";
import { changedDataKey, headOf, logBound, META_KEY, replacedDataKey } from "./key-layout.js";
import type { OpenStore } from "./open-store.js";
import { encodeMeta } from "./store-meta.js";

const CHUNK_RECORDS = 500;

/**
 * Forgets history: walks the log up to a revision and deletes, chunk by chunk, the versions that its changes
 * replaced, the tombstones that they left and the log itself. The cost is that of the changes, not of the store.
 */
export class Compaction {
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly store: OpenStore,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Resolves when the revision is compacted and the space is given back; compactions run one after the other. */
  run(revision: number): Promise<void> {
    const run = this.#running.then(() => this.#compact(revision));
    this.#running = run.catch(() => {});
    return run;
  }

  /** Goes on with what a crash or a close interrupted. */
  resume(): Promise<void> {
    const run = this.#running.then(() => this.#forget(this.store.compacted));
    this.#running = run.catch(() => {});
    return run;
  }

  /** Ends after the chunk under way; the rest is done after the next opening. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #compact(revision: number): Promise<void> {
    if (revision > this.store.revision) {
      throw new FutureRevisionError(revision, this.store.revision);
    }
    if (revision <= this.store.compacted) {
      return;
    }
    // From now on the revision counter is safe even if no other record is left.
    await this.#write(() =>
      this.store.database.put(META_KEY, encodeMeta({ compacted: revision, filling: false }), { sync: true }),
    );
    this.store.compacted = revision;
    await this.#forget(revision);
  }

  async #forget(revision: number): Promise<void> {
    const { database } = this.store;
    const iterator = database.iterator({ gte: logBound(0), lt: logBound(revision + 1) });
    try {
      while (!this.#stopped && this.store.failure === undefined) {
        const chunk = await iterator.nextv(CHUNK_RECORDS);
        if (chunk.length === 0) {
          return;
        }
        const batch = database.batch();
        for (const [logKey, logValue] of chunk) {
          batch.del(logKey);
          const replaced = replacedDataKey(logValue);
          if (replaced !== undefined) {
            batch.del(replaced);
          }
          const changed = changedDataKey(logValue);
          if (headOf(changed)?.deleted === true) {
            batch.del(changed);
          }
        }
        await this.#write(() => batch.write());
      }
    } finally {
      await iterator.close();
    }
  }

  async #write(write: () => Promise<void>): Promise<void> {
    if (this.store.failure !== undefined) {
      throw this.store.failure;
    }
    try {
      await write();
    } catch (error) {
      this.onFailure(error);
      throw error;
    }
  }
}
