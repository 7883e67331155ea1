import {
  type CommitResult,
  CompactedError,
  FutureRevisionError,
  type GetOptions,
  type GetResult,
  Injectable,
  InvalidKeyError,
  Logger,
  type RangeOptions,
  type RangeResult,
  type Storage,
  type StorageEntry,
  type StorageEvent,
  StorageNotEmptyError,
  type StorageOperation,
  type StorageSnapshot,
  StorageUnavailableError,
  type StorageWatch,
  type StorageWatchOptions,
  ValueTooLargeError,
  type VersionsOptions,
  type VersionsResult,
} from "@quarterdeck/sdk";
import { EventLog } from "./event-log.js";
import { Expiry } from "./expiry.js";
import { KeySpace } from "./key-space.js";
import { MemoryOptions } from "./memory-options.js";
import { readSnapshot } from "./read-snapshot.js";

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Keeps everything in memory and nothing else: the reference of the storage contract, for tests and experiments. */
@Injectable()
export class MemoryStorage implements Storage {
  readonly embedded = true;
  readonly maxValueBytes: number;
  #keys = new KeySpace();
  #log: EventLog;
  #revision = 1;
  #compacted = 0;
  #open = false;
  #compaction: NodeJS.Timeout | undefined;
  readonly #expiry = new Expiry((keys) => this.#expire(keys));

  constructor(
    private readonly options: MemoryOptions,
    private readonly logger: Logger,
  ) {
    this.maxValueBytes = options.maxValueBytes;
    this.#log = new EventLog(logger);
  }

  async open(): Promise<void> {
    this.#keys = new KeySpace();
    this.#log = new EventLog(this.logger);
    this.#revision = 1;
    this.#compacted = 0;
    this.#open = true;
    if (this.options.compactionSeconds > 0) {
      let mark = this.#revision;
      const tick = () => {
        this.#compact(mark);
        mark = this.#revision;
      };
      this.#compaction = setInterval(tick, this.options.compactionSeconds * 1000).unref();
    }
  }

  async close(): Promise<void> {
    this.#open = false;
    clearInterval(this.#compaction);
    this.#expiry.close();
    this.#log.close();
  }

  async currentRevision(): Promise<number> {
    this.#assertOpen();
    return this.#revision;
  }

  async get(key: string, options: GetOptions = {}): Promise<GetResult> {
    const revision = this.#readRevision(options.revision);
    const entry = this.#keys.at(key, revision);
    return entry === undefined ? { revision } : { entry, revision };
  }

  async range(options: RangeOptions): Promise<RangeResult> {
    const revision = this.#readRevision(options.revision);
    const all = this.#keys.range(options, revision);
    const entries = options.limit === undefined ? all : all.slice(0, options.limit);
    return { entries, more: entries.length < all.length, count: all.length, revision };
  }

  async versions(key: string, options: VersionsOptions = {}): Promise<VersionsResult> {
    this.#assertOpen();
    const { before = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY } = options;
    const all = this.#keys.versions(key, before);
    const versions = all.length > limit ? all.slice(0, limit) : all;
    return { versions, more: versions.length < all.length, compacted: this.#compacted, revision: this.#revision };
  }

  async commit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    this.#assertOpen();
    this.#validate(operations);
    for (const [index, operation] of operations.entries()) {
      const current = this.#keys.newest(operation.key);
      if (operation.expected !== undefined && operation.expected !== (current?.modRevision ?? 0)) {
        const mismatch = { committed: false, index, revision: this.#revision } as const;
        return current === undefined ? mismatch : { ...mismatch, current };
      }
    }
    const next = this.#revision + 1;
    const events = operations.map((operation) => this.#apply(operation, next)).filter((event) => event !== undefined);
    if (events.length > 0) {
      this.#revision = next;
      this.#log.append(events, next);
    }
    return { committed: true, revision: this.#revision };
  }

  async watch(options: StorageWatchOptions): Promise<StorageWatch> {
    this.#assertOpen();
    return this.#log.watch(options, this.#revision, this.#compacted);
  }

  async compact(revision: number): Promise<void> {
    this.#assertOpen();
    this.#compact(revision);
  }

  async restore(snapshot: StorageSnapshot): Promise<void> {
    this.#assertAsNew();
    const keys = await readSnapshot(snapshot, this.maxValueBytes);
    // Somebody may have written while the snapshot was read.
    this.#assertAsNew();
    this.#keys = keys;
    this.#revision = snapshot.revision;
    this.#compacted = snapshot.revision;
    for (const { key, expiresAt } of keys.range({ prefix: "", expiry: true }, snapshot.revision)) {
      this.#expiry.set(key, expiresAt);
    }
    this.#log.restart(snapshot.revision);
  }

  #validate(operations: readonly StorageOperation[]): void {
    const written = new Set<string>();
    for (const operation of operations) {
      if (operation.key === "" || LONE_SURROGATE.test(operation.key)) {
        throw new InvalidKeyError(operation.key, "is not well-formed");
      }
      if (operation.type === "put" && operation.value.length > this.maxValueBytes) {
        throw new ValueTooLargeError(operation.value.length, this.maxValueBytes);
      }
      if (operation.type !== "check" && written.has(operation.key)) {
        throw new InvalidKeyError(operation.key, "is written twice in one commit");
      }
      if (operation.type !== "check") {
        written.add(operation.key);
      }
    }
  }

  #apply(operation: StorageOperation, revision: number): StorageEvent | undefined {
    const { key } = operation;
    const previous = this.#keys.newest(key);
    if (operation.type === "check" || (operation.type === "delete" && previous === undefined)) {
      return undefined;
    }
    const createRevision = previous?.createRevision ?? revision;
    const before =
      previous === undefined ? { previousRevision: 0 } : { previousRevision: previous.modRevision, previous };
    if (operation.type === "delete") {
      this.#keys.write(key, { revision, entry: undefined, expiresAt: undefined, note: operation.note });
      this.#expiry.set(key, undefined);
      return { type: "delete", key, revision, createRevision, ...before };
    }
    const { value, ttlSeconds } = operation;
    const entry: StorageEntry = { key, value, createRevision, modRevision: revision };
    const expiresAt = ttlSeconds === undefined ? undefined : Date.now() + Math.ceil(ttlSeconds * 1000);
    this.#keys.write(key, { revision, entry, expiresAt, note: operation.note });
    this.#expiry.set(key, expiresAt);
    return { type: "put", key, value, revision, createRevision, ...before };
  }

  #expire(keys: readonly string[]): void {
    for (const key of keys) {
      const revision = this.#revision + 1;
      const event = this.#apply({ type: "delete", key }, revision);
      if (event !== undefined) {
        this.#revision = revision;
        this.#log.append([event], revision);
      }
    }
  }

  #compact(revision: number): void {
    if (revision > this.#revision) {
      throw new FutureRevisionError(revision, this.#revision);
    }
    if (revision > this.#compacted) {
      this.#compacted = revision;
      this.#keys.compact(revision);
      this.#log.compact(revision);
    }
  }

  #readRevision(asked: number | undefined): number {
    this.#assertOpen();
    const revision = asked ?? this.#revision;
    if (revision < this.#compacted) {
      throw new CompactedError(revision, this.#compacted);
    }
    if (revision > this.#revision) {
      throw new FutureRevisionError(revision, this.#revision);
    }
    return revision;
  }

  #assertAsNew(): void {
    this.#assertOpen();
    if (this.#revision > 1 || this.#compacted > 1) {
      throw new StorageNotEmptyError(`the storage is not as new, it stands at revision ${this.#revision}`);
    }
  }

  #assertOpen(): void {
    if (!this.#open) {
      throw new StorageUnavailableError("the storage is not open");
    }
  }
}
