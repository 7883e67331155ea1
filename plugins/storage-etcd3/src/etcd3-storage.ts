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
  ValueTooLargeError,
  type VersionsOptions,
  type VersionsResult,
} from "@quarterdeck/sdk";
import { isLeaseGone, isTooLarge, revisionFault } from "./access-errors.js";
import { Compactor, compactTo } from "./compactor.js";
import { readSecrets } from "./credentials.js";
import { EtcdCluster } from "./etcd-cluster.js";
import { Etcd3Options } from "./etcd3-options.js";
import { KeySpace } from "./key-space.js";
import { LeasePool } from "./lease-pool.js";
import { awaitCluster, openError } from "./open-cluster.js";
import { readRange } from "./range-reader.js";
import { RevisionReader } from "./revision-reader.js";
import { storedEntry } from "./stored-entry.js";
import { checkOperations, commitResult, transactionFor } from "./transaction.js";
import { readVersions } from "./version-history.js";
import { WatchSession } from "./watch-session.js";

/** All that exists while the storage is open. */
interface Connection {
  readonly cluster: EtcdCluster;
  readonly session: WatchSession;
  readonly leases: LeasePool;
  readonly compactor: Compactor;
  readonly revisions: RevisionReader;
}

/** The store in an etcd cluster, which several servers may share. */
@Injectable()
export class Etcd3Storage implements Storage {
  readonly embedded = false;
  readonly maxValueBytes: number;
  readonly #keys: KeySpace;
  readonly #commits = new Set<Promise<unknown>>();
  #connection: Connection | undefined;
  /** History below is known to be forgotten; another server may have forgotten more. */
  #compacted = 0;

  constructor(
    private readonly options: Etcd3Options,
    private readonly logger: Logger,
    private readonly paths?: Paths,
  ) {
    this.maxValueBytes = options.maxValueBytes;
    this.#keys = new KeySpace(options.prefix);
  }

  get location(): string {
    const { endpoints, prefix } = this.options;
    return `${[...endpoints].sort().join(",")}${prefix}`;
  }

  async open(): Promise<void> {
    const { endpoints, requestTimeoutSeconds, dialTimeoutSeconds, leaseReuseSeconds, compactionSeconds } = this.options;
    const secrets = await readSecrets(this.options, this.paths);
    const timeout = requestTimeoutSeconds * 1000;
    const cluster = new EtcdCluster(endpoints, secrets, timeout);
    const session = new WatchSession(cluster, this.#keys, timeout, this.logger);
    try {
      await session.open(await awaitCluster(cluster, this.#keys.probe, dialTimeoutSeconds * 1000));
    } catch (error) {
      session.close();
      cluster.close();
      throw openError(endpoints, error);
    }
    const compactor = new Compactor(cluster, this.logger, (revision) => this.#forgotten(revision));
    if (compactionSeconds > 0) {
      compactor.start(compactionSeconds);
    }
    const revisions = new RevisionReader(() => this.#readRevision(cluster, session));
    this.#connection = { cluster, session, compactor, revisions, leases: new LeasePool(cluster, leaseReuseSeconds) };
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined) {
      connection.compactor.stop();
      connection.session.close();
      await Promise.allSettled(this.#commits);
      connection.cluster.close();
    }
  }

  async currentRevision(): Promise<number> {
    return this.#open().revisions.read();
  }

  async get(key: string, { revision }: GetOptions = {}): Promise<GetResult> {
    const { cluster } = this.#open();
    return this.#at(revision, async () => {
      const seen = this.#seen(revision);
      const { entries, header } = await cluster.range({ key: this.#keys.encode(key), revision: revision ?? 0 });
      const [found] = entries;
      const entry = found === undefined ? undefined : storedEntry(this.#keys, found);
      const at = revision ?? notBefore(seen, header.revision);
      return entry === undefined ? { revision: at } : { entry, revision: at };
    });
  }

  async range(options: RangeOptions): Promise<RangeResult> {
    const { cluster } = this.#open();
    return this.#at(options.revision, async () => {
      const seen = this.#seen(options.revision);
      const result = await readRange(cluster, this.#keys, options);
      notBefore(seen, result.revision);
      return result;
    });
  }

  async versions(key: string, options: VersionsOptions = {}): Promise<VersionsResult> {
    const { cluster, session } = this.#open();
    return readVersions(cluster, session, this.#keys, key, options);
  }

  async commit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    checkOperations(operations, this.maxValueBytes);
    const commit = this.#commit(this.#open(), operations);
    this.#commits.add(commit);
    try {
      return await commit;
    } finally {
      this.#commits.delete(commit);
    }
  }

  async watch(options: StorageWatchOptions): Promise<StorageWatch> {
    const { session } = this.#open();
    if (options.after < this.#compacted) {
      throw new CompactedError(options.after, this.#compacted);
    }
    return session.watch(options);
  }

  async compact(revision: number): Promise<void> {
    const { cluster } = this.#open();
    await this.#at(revision, () => compactTo(cluster, revision));
    this.#forgotten(revision);
  }

  async #commit({ cluster, leases }: Connection, operations: readonly StorageOperation[]): Promise<CommitResult> {
    for (let attempt = 1; ; attempt++) {
      const attached = await leasesFor(leases, operations);
      try {
        const response = await cluster.txn(transactionFor(operations, this.#keys, attached));
        return commitResult(operations, this.#keys, response);
      } catch (error) {
        if (isLeaseGone(error) && attempt === 1) {
          leases.clear();
          continue;
        }
        throw isTooLarge(error) ? tooLarge(operations) : error;
      }
    }
  }

  async #readRevision(cluster: EtcdCluster, session: WatchSession): Promise<number> {
    const seen = session.revision;
    const { revision } = await cluster.head(this.#keys.probe);
    const current = notBefore(seen, revision);
    session.expect(current);
    return current;
  }

  /** The revision that the answer to a read of the newest state must not lie behind. */
  #seen(asked: number | undefined): number {
    return asked === undefined ? this.#open().session.revision : 0;
  }

  /** Runs what names a revision, with the contract's errors for one that etcd does not have. */
  async #at<R>(revision: number | undefined, read: () => Promise<R>): Promise<R> {
    try {
      return await read();
    } catch (error) {
      const fault = revisionFault(error);
      if (fault === "compacted") {
        throw new CompactedError(revision ?? 0, Math.max(this.#compacted, (revision ?? 0) + 1));
      }
      if (fault === "future") {
        throw new FutureRevisionError(revision ?? 0, this.#connection?.session.revision ?? 0);
      }
      throw error;
    }
  }

  #forgotten(revision: number): void {
    this.#compacted = Math.max(this.#compacted, revision);
  }

  #open(): Connection {
    if (this.#connection === undefined) {
      throw new StorageUnavailableError("the storage is not open");
    }
    return this.#connection;
  }
}

function leasesFor(leases: LeasePool, operations: readonly StorageOperation[]): Promise<(bigint | undefined)[]> {
  return Promise.all(
    operations.map((operation) =>
      operation.type === "put" && operation.ttlSeconds !== undefined ? leases.lease(operation.ttlSeconds) : undefined,
    ),
  );
}

/** etcd was replaced by one with less history; the watch finds that out by itself. */
function notBefore(seen: number, revision: number): number {
  if (revision < seen) {
    throw new StorageUnavailableError(`etcd went back from revision ${seen} to ${revision}`);
  }
  return revision;
}

function tooLarge(operations: readonly StorageOperation[]): ValueTooLargeError {
  const sizes = operations.map((operation) => (operation.type === "put" ? operation.value.length : 0));
  const largest = Math.max(...sizes);
  return new ValueTooLargeError(largest, largest - 1, "maxValueBytes, or --max-request-bytes of etcd");
}
