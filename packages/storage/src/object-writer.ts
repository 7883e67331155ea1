import type { KubeObject } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { Storage, StorageOperation } from "@quarterdeck/sdk";
import { encodeObject } from "@quarterdeck/wire";
import { CachedObject } from "./cached-object.js";
import type { ObjectCache } from "./object-cache.js";
import type { ObjectKey, WriteAttributes, WriteResult } from "./resource-store.js";
import { storageFailure } from "./storage-failure.js";
import type { StoredObject } from "./stored-object.js";

/** Writes states by compare and swap. */
export class ObjectWriter {
  constructor(
    private readonly cache: ObjectCache,
    private readonly storage: Storage,
    private readonly descriptor: Pick<ResourceDescriptor, "ttlSeconds">,
  ) {}

  create(place: ObjectKey, object: KubeObject, attributes: WriteAttributes): Promise<WriteResult> {
    return this.#put(this.cache.keys.keyOf(place), undefined, object, attributes);
  }

  replace(current: StoredObject, object: KubeObject, attributes: WriteAttributes): Promise<WriteResult> {
    return this.#put(current.key, current, object, attributes);
  }

  async remove(current: StoredObject, attributes: Pick<WriteAttributes, "note">): Promise<WriteResult> {
    const result = await this.#commit(this.deleteOf(current, attributes));
    return "conflict" in result ? result : { written: this.departed(current, result.revision) };
  }

  /** The operation that stores an object in place of `current`, or where there is none. */
  putOf(
    key: string,
    current: StoredObject | undefined,
    object: KubeObject,
    attributes: WriteAttributes,
  ): StorageOperation & { readonly type: "put" } {
    const value = encodeObject(object);
    // An embedded backend tells the watch of these very bytes, before the commit resolves.
    this.cache.handOver(value, object);
    const { ttlSeconds = this.descriptor.ttlSeconds, note } = attributes;
    const carried = { ...(ttlSeconds !== undefined && { ttlSeconds }), ...(note && { note }) };
    return { type: "put", key, value, expected: current?.revision ?? 0, ...carried };
  }

  /** The operation that removes exactly this state. */
  deleteOf({ key, revision: expected }: StoredObject, { note }: Pick<WriteAttributes, "note">): StorageOperation {
    return { type: "delete", key, expected, ...(note && { note }) };
  }

  /** The state that a put made at a revision. */
  arrived(
    current: StoredObject | undefined,
    { key, value }: StorageOperation & { readonly type: "put" },
    object: KubeObject,
    revision: number,
  ): StoredObject {
    const held = this.cache.tree.get(key);
    if (held?.revision === revision) return held;
    // A later commit of the same group may have gone on from this state already.
    const told = this.cache.ring.find(key, revision)?.current;
    if (told !== undefined) return told;
    const created = current?.createRevision ?? revision;
    return new CachedObject(key, revision, created, value, this.cache.origin, object);
  }

  /** The last state of what a delete removed at a revision, under that revision. */
  departed(current: StoredObject, revision: number): StoredObject {
    const { key, createRevision, bytes } = current;
    const told = this.cache.ring.find(key, revision)?.departed;
    return told ?? new CachedObject(key, revision, createRevision, bytes, this.cache.origin);
  }

  async #put(
    key: string,
    current: StoredObject | undefined,
    object: KubeObject,
    attributes: WriteAttributes,
  ): Promise<WriteResult> {
    const operation = this.putOf(key, current, object, attributes);
    const result = await this.#commit(operation);
    if ("conflict" in result) return result;
    return { written: this.arrived(current, operation, object, result.revision) };
  }

  async #commit(operation: StorageOperation): Promise<{ revision: number } | { conflict: StoredObject | undefined }> {
    const result = await this.storage.commit([operation]).catch((error: unknown) => {
      throw storageFailure(error);
    });
    if (result.committed) return { revision: result.revision };
    const { current } = result;
    if (current === undefined) return { conflict: undefined };
    const held = this.cache.tree.get(current.key);
    return { conflict: held?.revision === current.modRevision ? held : this.cache.fromEntry(current) };
  }
}
