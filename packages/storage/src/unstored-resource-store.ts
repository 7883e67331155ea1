import type {
  ListOptions,
  ListPage,
  ObjectHistory,
  ObjectKey,
  ResourceStore,
  ResourceWatch,
  WriteResult,
} from "./resource-store.js";
import type { StoredObject } from "./stored-object.js";

/** Something was to be kept or watched of a resource whose objects are only answered. */
class UnstoredResourceError extends Error {
  constructor(resource: string) {
    super(`objects of ${resource} are not stored`);
    this.name = "UnstoredResourceError";
  }
}

/** The store of a resource that has none: empty whenever it is read, and a mistake of the caller when it is written. */
export class UnstoredResourceStore implements ResourceStore {
  readonly size = 0;

  constructor(private readonly resource: string) {}

  async start(): Promise<void> {}

  stop(): void {}

  peek(): undefined {
    return undefined;
  }

  get unreadable(): undefined {
    return undefined;
  }

  async stale(): Promise<boolean> {
    return false;
  }

  peekAll(): readonly StoredObject[] {
    return [];
  }

  async get(_key: ObjectKey): Promise<StoredObject | undefined> {
    return undefined;
  }

  async list(_options: ListOptions): Promise<ListPage> {
    return { items: [], revision: 0, continueToken: undefined, remainingItemCount: undefined };
  }

  async watch(): Promise<ResourceWatch> {
    throw new UnstoredResourceError(this.resource);
  }

  async create(): Promise<WriteResult> {
    throw new UnstoredResourceError(this.resource);
  }

  async replace(): Promise<WriteResult> {
    throw new UnstoredResourceError(this.resource);
  }

  async removeUnreadable(): Promise<"absent"> {
    return "absent";
  }

  async remove(): Promise<WriteResult> {
    throw new UnstoredResourceError(this.resource);
  }

  async history(_key: ObjectKey): Promise<ObjectHistory> {
    return { versions: [], more: false, compacted: 0, revision: 0 };
  }

  join(): ResourceStore {
    return this;
  }

  encode(): StoredObject {
    throw new UnstoredResourceError(this.resource);
  }
}
