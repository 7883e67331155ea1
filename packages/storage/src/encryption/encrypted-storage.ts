import { setImmediate as nextTurn } from "node:timers/promises";
import type {
  CommitResult,
  GetOptions,
  GetResult,
  RangeOptions,
  RangeResult,
  Storage,
  StorageEntry,
  StorageOperation,
  StorageSnapshot,
  StorageVersion,
  StorageWatch,
  StorageWatchOptions,
  VersionsOptions,
  VersionsResult,
} from "@quarterdeck/sdk";
import { DecryptedWatch } from "./decrypted-watch.js";
import { unreadable } from "./value-transform-error.js";
import { isPending, type ValueTransformer } from "./value-transformer.js";

/** Entries that are decrypted in one go before others get their turn. */
const TURN = 512;

/**
 * A storage whose values are encrypted before they reach the backend, below the watch cache. One stands over a backend for
 * all resources, so that a transaction may write to several, each by its own transformer. It stays synchronous where the
 * transformers are: watches of an embedded backend are still told before the commit resolves.
 */
export class EncryptedStorage implements Storage {
  readonly location?: string;
  /** The limit is the backend's, and counts encrypted bytes. */
  readonly maxValueBytes?: number;
  readonly embedded?: boolean;
  readonly restore?: (snapshot: StorageSnapshot) => Promise<void>;
  /** What was committed just now, by the bytes that an embedded backend tells its watches. */
  readonly #plain = new WeakMap<Buffer, Buffer>();
  /** Watches that wait for a decryption. */
  readonly #waiting = new Set<Promise<void>>();

  constructor(
    private readonly storage: Storage,
    /** Asked for every value, since a changed config changes the answer. */
    private readonly transformerOf: (key: string) => ValueTransformer,
  ) {
    const { location, maxValueBytes, embedded } = storage;
    if (location !== undefined) this.location = location;
    if (maxValueBytes !== undefined) this.maxValueBytes = maxValueBytes;
    if (embedded !== undefined) this.embedded = embedded;
    const restore = storage.restore?.bind(storage);
    if (restore !== undefined) {
      this.restore = ({ revision, entries }) => restore({ revision, entries: this.#encryptAll(entries) });
    }
  }

  open(): Promise<void> {
    return this.storage.open();
  }

  close(): Promise<void> {
    return this.storage.close();
  }

  currentRevision(): Promise<number> {
    return this.storage.currentRevision();
  }

  compact(revision: number): Promise<void> {
    return this.storage.compact(revision);
  }

  async get(key: string, options?: GetOptions): Promise<GetResult> {
    const result = await this.storage.get(key, options);
    return result.entry === undefined ? result : { ...result, entry: await this.#openEntry(result.entry) };
  }

  async range(options: RangeOptions): Promise<RangeResult> {
    const result = await this.storage.range(options);
    const entries: StorageEntry[] = [];
    for (const entry of result.entries) {
      const opened = this.#openEntry(entry);
      entries.push(isPending(opened) ? await opened : opened);
      if (entries.length % TURN === 0) await nextTurn();
    }
    return { ...result, entries };
  }

  async versions(key: string, options?: VersionsOptions): Promise<VersionsResult> {
    const result = await this.storage.versions(key, options);
    const versions: StorageVersion[] = [];
    for (const version of result.versions) {
      if (version.value === undefined) versions.push(version);
      else versions.push({ ...version, value: await this.#plaintext(key, version.value) });
    }
    return { ...result, versions };
  }

  async commit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    const pending = this.#encryptOperations(operations);
    const encrypted = isPending(pending) ? await pending : pending;
    const result = await this.storage.commit(encrypted).finally(() => this.#forget(encrypted));
    if (this.#waiting.size > 0 && this.embedded === true) await Promise.all(this.#waiting);
    if (result.committed || result.current === undefined) return result;
    return { ...result, current: await this.#openEntry(result.current) };
  }

  async watch(options: StorageWatchOptions): Promise<StorageWatch> {
    const decrypted = new DecryptedWatch(options, (key, value) => this.#plaintext(key, value), this.#waiting);
    const watch = await this.storage.watch(decrypted.options);
    decrypted.started(watch);
    // An embedded backend has delivered what is committed by now.
    await decrypted.idle;
    return decrypted;
  }

  /** Whether a write should encrypt the value of a key anew, though it did not change: another key or provider was used. */
  async stale(key: string): Promise<boolean> {
    const { entry } = await this.storage.get(key);
    if (entry === undefined) return false;
    try {
      return (await this.transformerOf(key).decrypt(entry.value, key)).stale;
    } catch (error) {
      throw unreadable(key, error);
    }
  }

  #plaintext(key: string, value: Buffer, revision?: number): Buffer | Promise<Buffer> {
    const known = this.#plain.get(value);
    if (known !== undefined) return known;
    const failed = (error: unknown): never => {
      throw unreadable(key, error, revision);
    };
    try {
      const opened = this.transformerOf(key).decrypt(value, key);
      return isPending(opened) ? opened.then((late) => late.value, failed) : opened.value;
    } catch (error) {
      return failed(error);
    }
  }

  #openEntry(entry: StorageEntry): StorageEntry | Promise<StorageEntry> {
    const value = this.#plaintext(entry.key, entry.value, entry.modRevision);
    return isPending(value) ? value.then((late) => ({ ...entry, value: late })) : { ...entry, value };
  }

  #encryptOperation(operation: StorageOperation): StorageOperation | Promise<StorageOperation> {
    if (operation.type !== "put") return operation;
    const { key, value } = operation;
    const put = (encrypted: Buffer): StorageOperation => {
      if (encrypted === value) return operation;
      if (this.embedded === true) this.#plain.set(encrypted, value);
      return { ...operation, value: encrypted };
    };
    const encrypted = this.transformerOf(key).encrypt(value, key);
    return isPending(encrypted) ? encrypted.then(put) : put(encrypted);
  }

  #encryptOperations(
    operations: readonly StorageOperation[],
  ): readonly StorageOperation[] | Promise<readonly StorageOperation[]> {
    const encrypted = operations.map((operation) => this.#encryptOperation(operation));
    const ready = encrypted.filter((one): one is StorageOperation => !isPending(one));
    return ready.length === encrypted.length ? ready : Promise.all(encrypted);
  }

  /** The backend has told whom it tells; keeping the pairs would keep both as long as the backend keeps its bytes. */
  #forget(operations: readonly StorageOperation[]): void {
    for (const operation of operations) if (operation.type === "put") this.#plain.delete(operation.value);
  }

  async *#encryptAll(entries: AsyncIterable<StorageEntry>): AsyncGenerator<StorageEntry, void> {
    for await (const entry of entries) {
      const value = await this.transformerOf(entry.key).encrypt(entry.value, entry.key);
      yield { ...entry, value };
    }
  }
}
