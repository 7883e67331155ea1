import type { StorageCalls, StorageMetrics } from "@quarterdeck/http";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type {
  CommitResult,
  GetOptions,
  GetResult,
  RangeOptions,
  RangeResult,
  Storage,
  StorageOperation,
  StorageWatch,
  StorageWatchOptions,
  VersionsOptions,
  VersionsResult,
} from "@quarterdeck/sdk";

/** A storage as one resource uses it, with each of its calls counted and timed; opening and closing are not its own. */
export class MeasuredStorage implements Storage {
  readonly maxValueBytes?: number;
  readonly embedded?: boolean;
  readonly #calls = new Map<string, StorageCalls>();

  constructor(
    private readonly storage: Storage,
    private readonly metrics: StorageMetrics,
    private readonly descriptor: Pick<ResourceDescriptor, "group" | "resource">,
  ) {
    const { maxValueBytes, embedded } = storage;
    if (maxValueBytes !== undefined) this.maxValueBytes = maxValueBytes;
    if (embedded !== undefined) this.embedded = embedded;
  }

  open(): Promise<void> {
    return this.storage.open();
  }

  close(): Promise<void> {
    return this.storage.close();
  }

  currentRevision(): Promise<number> {
    return this.#measure("revision", this.storage.currentRevision());
  }

  get(key: string, options?: GetOptions): Promise<GetResult> {
    return this.#measure("get", this.storage.get(key, options));
  }

  range(options: RangeOptions): Promise<RangeResult> {
    return this.#measure("list", this.storage.range(options));
  }

  versions(key: string, options?: VersionsOptions): Promise<VersionsResult> {
    return this.#measure("versions", this.storage.versions(key, options));
  }

  commit(operations: readonly StorageOperation[]): Promise<CommitResult> {
    return this.#measure(commitName(operations), this.storage.commit(operations));
  }

  watch(options: StorageWatchOptions): Promise<StorageWatch> {
    return this.#measure("watch", this.storage.watch(options));
  }

  compact(revision: number): Promise<void> {
    return this.#measure("compact", this.storage.compact(revision));
  }

  /** Hands on the backend's own promise, so that measuring delays nobody. */
  #measure<T>(operation: string, answer: Promise<T>): Promise<T> {
    const started = performance.now();
    const calls = this.#callsOf(operation);
    const seconds = () => (performance.now() - started) / 1000;
    answer.then(
      () => calls.observe(seconds(), false),
      () => calls.observe(seconds(), true),
    );
    return answer;
  }

  #callsOf(operation: string): StorageCalls {
    let calls = this.#calls.get(operation);
    if (calls === undefined) {
      calls = this.metrics.calls(operation, this.descriptor.group, this.descriptor.resource);
      this.#calls.set(operation, calls);
    }
    return calls;
  }
}

/** Upstream's name of a write. */
function commitName(operations: readonly StorageOperation[]): string {
  const [operation, ...others] = operations;
  if (operation === undefined || others.length > 0) return "txn";
  if (operation.type === "put") return operation.expected === 0 ? "create" : "update";
  return operation.type;
}
