import { join, resolve } from "node:path";
import {
  type CommitResult,
  CompactedError,
  type GetOptions,
  type GetResult,
  Injectable,
  Logger,
  Paths,
  type RangeOptions,
  type RangeResult,
  type Storage,
  type StorageOperation,
  type StorageSnapshot,
  type StorageWatch,
  type StorageWatchOptions,
  type VersionsOptions,
  type VersionsResult,
} from "@quarterdeck/sdk";
import { checkOperations } from "./check-operations.js";
import type { CommitGroup } from "./commit-group.js";
import { type Database, openDatabase } from "./database.js";
import { readLog } from "./event-log.js";
import { type Deadline, Expiry } from "./expiry.js";
import { FirstRead } from "./first-read.js";
import { LevelOptions } from "./level-options.js";
import { accessError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { readRange } from "./range-reader.js";
import { readableRevision } from "./readable-revision.js";
import { assertAsNew, restoreStore } from "./restore.js";
import type { Session } from "./session.js";
import { SessionKeeper } from "./session-keeper.js";
import { readVersion, readVersionAt, readVersions } from "./version-reader.js";
import { WatchHub } from "./watch-hub.js";

/** How long what the opening has read is held for those who read it first. */
const FIRST_READ_DELAY = 30_000;

/** The embedded store: LevelDB with group commit, history by revision, an index in memory and no other process. */
@Injectable()
export class LevelStorage implements Storage {
  readonly embedded = true;
  readonly maxValueBytes: number;
  readonly #path: string;
  readonly #hub: WatchHub;
  readonly #expiry = new Expiry((deadline) => this.#expire(deadline));
  readonly #firstRead = new FirstRead();
  readonly #keeper: SessionKeeper;
  #timer: NodeJS.Timeout | undefined;
  #firstReadTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: LevelOptions,
    private readonly logger: Logger,
    paths?: Paths,
  ) {
    const { path } = options;
    this.#path = path === undefined ? join(paths?.data ?? ".data", "store") : (paths?.resolve(path) ?? path);
    this.maxValueBytes = options.maxValueBytes;
    this.#hub = new WatchHub(logger);
    this.#keeper = new SessionKeeper({
      path: this.#path,
      logger,
      connect: () => this.connect(),
      onDurable: (group) => this.#delivered(group),
      onFailure: (error) => {
        this.#firstRead.drop();
        logger.error("a write to the storage failed", { error });
      },
      onSession: (session) => this.#began(session),
      onFound: (events, revision) => this.#hub.deliver(events, revision),
    });
  }

  get location(): string {
    return resolve(this.#path);
  }

  async open(): Promise<void> {
    await this.#keeper.open(this.#firstRead);
    this.#firstReadTimer = setTimeout(() => this.#firstRead.drop(), FIRST_READ_DELAY).unref();
    if (this.options.compactionSeconds > 0) {
      let mark = 0;
      const tick = () => {
        const revision = mark;
        mark = this.#keeper.ready?.store.revision ?? mark;
        this.#forget(revision).catch((error: unknown) => this.logger.warn("the storage was not compacted", { error }));
      };
      this.#timer = setInterval(tick, this.options.compactionSeconds * 1000).unref();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#firstReadTimer);
    this.#firstRead.drop();
    this.#expiry.clear();
    await this.#keeper.close(() => this.#hub.close());
  }

  async currentRevision(): Promise<number> {
    return (await this.#keeper.readable()).revision;
  }

  async get(key: string, options: GetOptions = {}): Promise<GetResult> {
    const store = await this.#keeper.readable();
    const { database } = store;
    const revision = readableRevision(store, options.revision);
    const newest = store.index.durable(key);
    if (newest === undefined && revision === store.revision) {
      return { revision };
    }
    const read =
      newest !== undefined && newest.revision <= revision
        ? readVersion(database, key, newest)
        : readVersionAt(database, key, revision);
    const entry = await read.catch(rethrow);
    if (entry === undefined && store.compacted > revision) {
      // It was replaced and forgotten while it was being read.
      return this.get(key, options);
    }
    return entry === undefined ? { revision } : { entry, revision };
  }

  async range(options: RangeOptions): Promise<RangeResult> {
    const store = await this.#keeper.readable();
    const at = readableRevision(store, options.revision);
    const first = isWhole(options) ? this.#firstRead.take(options.prefix) : undefined;
    return first === undefined
      ? readRange(store.database, options, at).catch(rethrow)
      : { entries: first, more: false, count: first.length, revision: at };
  }

  async versions(key: string, options: VersionsOptions = {}): Promise<VersionsResult> {
    const store = await this.#keeper.readable();
    const { revision, compacted } = store;
    const { before = Number.MAX_SAFE_INTEGER, limit = Number.POSITIVE_INFINITY } = options;
    // What is being written is not on disk yet, so nobody may see it.
    const found = await readVersions(store.database, key, Math.min(before, revision + 1), limit).catch(rethrow);
    const more = found.length > limit;
    return { versions: more ? found.slice(0, limit) : found, more, compacted, revision };
  }

  commit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    const session = this.#keeper.ready;
    return session === undefined
      ? this.#keeper.writable().then((revived) => this.#submit(revived, operations))
      : this.#submit(session, operations);
  }

  async watch(options: StorageWatchOptions): Promise<StorageWatch> {
    let { after } = options;
    for (;;) {
      const store = await this.#keeper.readable();
      if (after < store.compacted) {
        throw new CompactedError(after, store.compacted);
      }
      if (after >= store.revision) {
        // Nothing can be committed between the look at the revision and this line.
        return this.#hub.add(options);
      }
      const upTo = store.revision;
      for await (const events of this.#history(store, options.prefix, after, upTo)) {
        after = events.at(-1)?.revision ?? after;
        options.onBatch({ events, revision: after });
      }
      if (after < upTo) {
        after = upTo;
        options.onBatch({ events: [], revision: after });
      }
    }
  }

  async compact(revision: number): Promise<void> {
    const { compaction } = await this.#keeper.writable();
    await compaction.run(revision).catch(rethrow);
  }

  async restore(snapshot: StorageSnapshot): Promise<void> {
    await this.#keeper.replace(async (session) => {
      assertAsNew(session.store, this.#path);
      return restoreStore(session, snapshot, this.maxValueBytes);
    });
    this.#hub.restart(snapshot.revision);
    await this.#keeper.mark();
  }

  /** Opens the database; for tests that stand something between the store and the disk. */
  protected connect(): Promise<Database> {
    return openDatabase(this.#path, this.options.cacheBytes);
  }

  #submit({ store, queue }: Session, operations: readonly StorageOperation[]): Promise<CommitResult> {
    try {
      checkOperations(operations, this.maxValueBytes, store.index);
      return queue.submit(operations);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async *#history(store: OpenStore, prefix: string, after: number, upTo: number) {
    try {
      yield* readLog(store.database, { prefix, after, upTo });
    } catch (error) {
      throw accessError(error);
    }
  }

  #delivered(group: CommitGroup): void {
    if (group.revision === 0) {
      return;
    }
    for (const head of group.heads) {
      this.#firstRead.touch(head.key);
    }
    this.#hub.deliver(group.events, group.revision);
    for (const head of group.heads) {
      if (head.expiresAt > 0) {
        this.#expiry.add(head);
      }
    }
  }

  async #expire({ key, revision }: Omit<Deadline, "expiresAt">): Promise<void> {
    const { store, queue } = await this.#keeper.writable();
    if (store.index.newest(key)?.revision === revision) {
      await queue.submit([{ type: "delete", key, expected: revision }]);
    }
  }

  async #forget(revision: number): Promise<void> {
    const { compaction } = await this.#keeper.writable();
    await compaction.run(revision);
    await this.#keeper.mark();
  }

  #began({ store }: Session): void {
    this.#expiry.clear();
    for (const head of store.index.expiring()) {
      this.#expiry.add(head);
    }
  }
}

/** Whether all of a prefix is asked for, as it is now. */
function isWhole({ after, limit, revision, expiry }: RangeOptions): boolean {
  return after === undefined && limit === undefined && revision === undefined && expiry !== true;
}

function rethrow(error: unknown): never {
  throw accessError(error);
}
