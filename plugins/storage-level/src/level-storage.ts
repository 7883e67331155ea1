import { join, resolve } from "node:path";
import {
  type CommitResult,
  CompactedError,
  FutureRevisionError,
  type GetOptions,
  type GetResult,
  Injectable,
  Logger,
  Paths,
  type RangeOptions,
  type RangeResult,
  type Storage,
  type StorageOperation,
  StorageUnavailableError,
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
import { LevelOptions } from "./level-options.js";
import { accessError, StorageDamagedError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { readRange } from "./range-reader.js";
import { openSession, type Session } from "./session.js";
import { markFolder } from "./store-folder.js";
import { readVersion, readVersionAt, readVersions } from "./version-reader.js";
import { WatchHub } from "./watch-hub.js";

/** How long to leave a folder alone after it failed, before it is opened again. */
const REOPEN_DELAY = 1000;

/** The embedded store: LevelDB with group commit, history by revision, an index in memory and no other process. */
@Injectable()
export class LevelStorage implements Storage {
  readonly embedded = true;
  readonly maxValueBytes: number;
  readonly #path: string;
  readonly #hub: WatchHub;
  readonly #expiry = new Expiry((deadline) => this.#expire(deadline));
  #session: Session | undefined;
  #recovery: Promise<Session> | undefined;
  #recoverAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: LevelOptions,
    private readonly logger: Logger,
    paths?: Paths,
  ) {
    const { path } = options;
    this.#path = path === undefined ? join(paths?.data ?? ".data", "store") : (paths?.resolve(path) ?? path);
    this.maxValueBytes = options.maxValueBytes;
    this.#hub = new WatchHub(logger);
  }

  get location(): string {
    return resolve(this.#path);
  }

  async open(): Promise<void> {
    this.#enter(await this.#openSession());
    if (this.options.compactionSeconds > 0) {
      let mark = 0;
      const tick = () => {
        const revision = mark;
        mark = this.#session?.store.revision ?? 0;
        this.#forget(revision).catch((error: unknown) => this.logger.warn("the storage was not compacted", { error }));
      };
      this.#timer = setInterval(tick, this.options.compactionSeconds * 1000).unref();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#expiry.clear();
    await this.#recovery?.catch(() => {});
    const session = this.#session;
    this.#session = undefined;
    if (session !== undefined) {
      await session.queue.idle();
      this.#hub.close();
      await session.compaction.stop();
      await session.store.database.close();
      if (session.store.failure === undefined) {
        await markFolder(this.#path, session.store.revision);
      }
    }
  }

  async currentRevision(): Promise<number> {
    return (await this.#readable()).revision;
  }

  async get(key: string, options: GetOptions = {}): Promise<GetResult> {
    const store = await this.#readable();
    const { database } = store;
    const revision = assertReadable(store, options.revision);
    const newest = store.index.visible(key, store.revision);
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
    const store = await this.#readable();
    const at = assertReadable(store, options.revision);
    return readRange(store.database, options, at).catch(rethrow);
  }

  async versions(key: string, options: VersionsOptions = {}): Promise<VersionsResult> {
    const store = await this.#readable();
    const { revision, compacted } = store;
    const { before = Number.MAX_SAFE_INTEGER, limit = Number.POSITIVE_INFINITY } = options;
    // What is being written is not on disk yet, so nobody may see it.
    const found = await readVersions(store.database, key, Math.min(before, revision + 1), limit).catch(rethrow);
    const more = found.length > limit;
    return { versions: more ? found.slice(0, limit) : found, more, compacted, revision };
  }

  commit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    const session = this.#session;
    return session === undefined || session.store.failure !== undefined
      ? this.#writable().then((revived) => this.#submit(revived, operations))
      : this.#submit(session, operations);
  }

  async watch(options: StorageWatchOptions): Promise<StorageWatch> {
    let { after } = options;
    for (;;) {
      const store = await this.#readable();
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
    const { compaction } = await this.#writable();
    await compaction.run(revision).catch(rethrow);
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
    this.#hub.deliver(group.events, group.revision);
    for (let at = 0; at < group.entries.length; at++) {
      const expiresAt = group.entries[at]?.expiresAt ?? 0;
      const event = group.events[at];
      if (expiresAt > 0 && event !== undefined) {
        this.#expiry.add({ key: event.key, revision: event.revision, expiresAt });
      }
    }
  }

  async #expire({ key, revision }: Deadline): Promise<void> {
    const { store, queue } = await this.#writable();
    if (store.index.newest(key)?.revision === revision) {
      await queue.submit([{ type: "delete", key, expected: revision }]);
    }
  }

  async #forget(revision: number): Promise<void> {
    const { store, compaction } = await this.#writable();
    await compaction.run(revision);
    await markFolder(this.#path, store.revision);
  }

  async #readable(): Promise<OpenStore> {
    const session = this.#session;
    // After a failed write the database stays readable until it is opened again.
    return session?.store.database.status === "open" ? session.store : (await this.#writable()).store;
  }

  async #writable(): Promise<Session> {
    const session = this.#session;
    if (session === undefined) {
      throw new StorageUnavailableError("the storage is not open");
    }
    if (session.store.failure === undefined) {
      return session;
    }
    this.#recovery ??= this.#recover(session, session.store.failure).finally(() => {
      this.#recovery = undefined;
    });
    return this.#recovery;
  }

  /**
   * Opens the folder again after a failed write. LevelDB cannot go on: the end of its log is undefined, and what it
   * would write behind it could be lost at the next start. The failed commits may turn out to be on disk.
   */
  async #recover(failed: Session, failure: Error): Promise<Session> {
    if (Date.now() < this.#recoverAt) {
      throw failure;
    }
    this.#recoverAt = Date.now() + REOPEN_DELAY;
    try {
      await failed.compaction.stop();
      await failed.store.database.close();
      const session = await this.#openSession();
      const { database, revision } = session.store;
      const known = failed.store.revision;
      if (revision < known) {
        throw new StorageDamagedError(`revision ${known} was acknowledged and is not on disk`);
      }
      for await (const events of readLog(database, { prefix: "", after: known, upTo: revision })) {
        this.#hub.deliver(events, events.at(-1)?.revision ?? known);
      }
      this.#enter(session);
      this.logger.info("the storage works again", { revision });
      return session;
    } catch (error) {
      this.logger.error("the storage could not be opened again", { error });
      throw accessError(error);
    }
  }

  #openSession(): Promise<Session> {
    return openSession({
      path: this.#path,
      connect: () => this.connect(),
      onDurable: (group) => this.#delivered(group),
      onFailure: (error) => this.logger.error("a write to the storage failed", { error }),
    });
  }

  #enter(session: Session): void {
    this.#session = session;
    this.#expiry.clear();
    for (const [key, { revision, expiresAt }] of session.store.index) {
      if (expiresAt > 0) {
        this.#expiry.add({ key, revision, expiresAt });
      }
    }
    session.compaction.resume().catch((error: unknown) => this.logger.warn("history was not forgotten", { error }));
  }
}

/** The revision that a read reflects; an error when the store cannot look back, or forward, so far. */
function assertReadable(store: OpenStore, asked: number | undefined): number {
  const revision = asked ?? store.revision;
  if (revision < store.compacted) {
    throw new CompactedError(revision, store.compacted);
  }
  if (revision > store.revision) {
    throw new FutureRevisionError(revision, store.revision);
  }
  return revision;
}

function rethrow(error: unknown): never {
  throw accessError(error);
}
