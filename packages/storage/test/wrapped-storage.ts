import type {
  CommitResult,
  GetOptions,
  RangeOptions,
  Storage,
  StorageEventBatch,
  StorageOperation,
  StorageWatch,
  StorageWatchOptions,
  VersionsOptions,
} from "@quarterdeck/sdk";
import { MemoryStorage } from "@quarterdeck/storage-memory";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A memory backend that can lag, lose its watches or fail, as one behind a network does. */
export class WrappedStorage implements Storage {
  readonly memory = new MemoryStorage({ compactionSeconds: 0, maxValueBytes: 1024 * 1024 }, logger);
  readonly #watches = new Map<StorageWatchOptions, StorageWatch>();
  #held: (() => void)[] | undefined;
  /** Thrown by every call while it is set. */
  failure: Error | undefined;
  /** What a question for the revision waits for, after the answer was found. */
  answerGate: Promise<void> | undefined;
  /** What a new watch waits for. */
  gate: Promise<void> | undefined;
  /** The times each method was called. */
  readonly calls = { get: 0, range: 0, watch: 0, currentRevision: 0 };

  constructor(readonly embedded: boolean = true) {}

  static async open(embedded = true): Promise<WrappedStorage> {
    const storage = new WrappedStorage(embedded);
    await storage.open();
    return storage;
  }

  open(): Promise<void> {
    return this.memory.open();
  }

  close(): Promise<void> {
    return this.memory.close();
  }

  async currentRevision(): Promise<number> {
    this.calls.currentRevision++;
    this.#check();
    const revision = await this.memory.currentRevision();
    await this.answerGate;
    return revision;
  }

  async get(key: string, options?: GetOptions) {
    this.calls.get++;
    this.#check();
    return this.memory.get(key, options);
  }

  async range(options: RangeOptions) {
    this.calls.range++;
    this.#check();
    return this.memory.range(options);
  }

  async versions(key: string, options?: VersionsOptions) {
    this.#check();
    return this.memory.versions(key, options);
  }

  async commit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    this.#check();
    if (this.embedded) return this.memory.commit(operations);
    // A network brings back other buffers than those that were sent.
    const copied = operations.map((operation) =>
      operation.type === "put" ? { ...operation, value: Buffer.from(operation.value) } : operation,
    );
    return this.memory.commit(copied);
  }

  async watch(options: StorageWatchOptions): Promise<StorageWatch> {
    this.calls.watch++;
    this.#check();
    await this.gate;
    let closed = false;
    const deliver = (batch: StorageEventBatch): void => {
      if (!closed) options.onBatch(batch);
    };
    const onBatch = (batch: StorageEventBatch): void => {
      if (this.#held === undefined) deliver(batch);
      else this.#held.push(() => deliver(batch));
    };
    const inner = await this.memory.watch({ ...options, onBatch });
    const watch = {
      close: () => {
        closed = true;
        this.#watches.delete(options);
        inner.close();
      },
    };
    this.#watches.set(options, watch);
    return watch;
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  compact(revision: number): Promise<void> {
    return this.memory.compact(revision);
  }

  /** Keeps batches back until `release`. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const deliver of held) deliver();
  }

  /** Ends all watches with an error. */
  breakWatches(error: Error): void {
    for (const [options, watch] of [...this.#watches]) {
      watch.close();
      options.onEnd(error);
    }
  }

  #check(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
