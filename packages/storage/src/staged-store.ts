import { type KubeObject, StatusError } from "@quarterdeck/meta";
import type { Storage } from "@quarterdeck/sdk";
import type { KeySpace } from "./key-space.js";
import type { ObjectWriter } from "./object-writer.js";
import type {
  HistoryOptions,
  ListOptions,
  ListPage,
  ObjectHistory,
  ObjectKey,
  ReadOptions,
  ResourceStore,
  ResourceWatch,
  WatchOptions,
  WriteAttributes,
  WriteResult,
} from "./resource-store.js";
import { StagedObject } from "./staged-object.js";
import type { StoredObject } from "./stored-object.js";
import type { Transaction } from "./transaction.js";

/** A store as a transaction sees it: reads are those of the store, writes wait for the transaction's commit. */
export class StagedStore implements ResourceStore {
  constructor(
    private readonly store: ResourceStore,
    private readonly storage: Storage,
    private readonly keys: KeySpace,
    private readonly writer: ObjectWriter,
    private readonly transaction: Transaction,
  ) {}

  get size(): number {
    return this.store.size;
  }

  get unreadable(): Error | undefined {
    return this.store.unreadable;
  }

  stale(current: StoredObject): Promise<boolean> {
    return this.store.stale(current);
  }

  async start(): Promise<void> {}

  stop(): void {}

  peek(key: ObjectKey): StoredObject | undefined {
    return this.store.peek(key);
  }

  peekAll(namespace: string): readonly StoredObject[] {
    return this.store.peekAll(namespace);
  }

  async get(key: ObjectKey, options: ReadOptions): Promise<StoredObject | undefined> {
    const found = await this.store.get(key, options);
    this.transaction.found(this.storage, this.keys.keyOf(key), found?.revision ?? 0);
    return found;
  }

  list(options: ListOptions): Promise<ListPage> {
    return this.store.list(options);
  }

  watch(options: WatchOptions): Promise<ResourceWatch> {
    return this.store.watch(options);
  }

  history(key: ObjectKey, options?: HistoryOptions): Promise<ObjectHistory> {
    return this.store.history(key, options);
  }

  /** A dry run ends here, so this is what the operations behind it are told of the object. */
  encode(key: ObjectKey, object: KubeObject): StoredObject {
    const encoded = this.store.encode(key, object);
    this.transaction.foresee(encoded.key, encoded);
    return encoded;
  }

  staged(key: ObjectKey): StoredObject | null | undefined {
    const found = this.keys.find(key);
    return found === undefined ? undefined : this.transaction.foreseen(found);
  }

  join(transaction: Transaction): ResourceStore {
    return new StagedStore(this.store, this.storage, this.keys, this.writer, transaction);
  }

  async create(key: ObjectKey, object: KubeObject, attributes: WriteAttributes = {}): Promise<WriteResult> {
    const standing = await this.get(key, {});
    if (standing !== undefined) return { conflict: standing };
    return { written: this.#put(key, undefined, object, attributes) };
  }

  async replace(current: StoredObject, object: KubeObject, attributes: WriteAttributes = {}): Promise<WriteResult> {
    return { written: this.#put(current, current, object, attributes) };
  }

  async remove(current: StoredObject, attributes: Pick<WriteAttributes, "note"> = {}): Promise<WriteResult> {
    const staged = new StagedObject(current);
    this.transaction.stage(this.storage, this.writer.deleteOf(current, attributes), (revision) => {
      staged.settle(this.writer.departed(current, revision));
    });
    this.transaction.foresee(current.key, null);
    return { written: staged };
  }

  async removeUnreadable(): Promise<never> {
    throw StatusError.badRequest("a transaction cannot remove what cannot be read");
  }

  #put(
    place: ObjectKey,
    current: StoredObject | undefined,
    object: KubeObject,
    attributes: WriteAttributes,
  ): StoredObject {
    const pending = this.store.encode(place, object);
    const operation = this.writer.putOf(pending.key, current, object, attributes);
    const staged = new StagedObject(pending);
    this.transaction.stage(this.storage, operation, (revision) => {
      staged.settle(this.writer.arrived(current, operation, object, revision));
    });
    this.transaction.foresee(staged.key, staged);
    return staged;
  }
}
