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
    return this.#put(this.cache.keys.keyOf(place), place, undefined, object, attributes);
  }

  replace(current: StoredObject, object: KubeObject, attributes: WriteAttributes): Promise<WriteResult> {
    return this.#put(current.key, current, current, object, attributes);
  }

  async remove(current: StoredObject, { note }: Pick<WriteAttributes, "note">): Promise<WriteResult> {
    const { key, revision: expected } = current;
    const result = await this.#commit({ type: "delete", key, expected, ...(note && { note }) });
    if ("conflict" in result) return result;
    const told = this.cache.ring.find(key, result.revision)?.departed;
    return { written: told ?? this.#departed(current, result.revision) };
  }

  async #put(
    key: string,
    place: ObjectKey,
    current: StoredObject | undefined,
    object: KubeObject,
    attributes: WriteAttributes,
  ): Promise<WriteResult> {
    const value = encodeObject(object);
    // An embedded backend tells the watch of these very bytes, before the commit resolves.
    this.cache.handOver(value, object);
    const { ttlSeconds = this.descriptor.ttlSeconds, note } = attributes;
    const expected = current?.revision ?? 0;
    const carried = { ...(ttlSeconds !== undefined && { ttlSeconds }), ...(note && { note }) };
    const result = await this.#commit({ type: "put", key, value, expected, ...carried });
    if ("conflict" in result) return result;
    const { revision } = result;
    const held = this.cache.tree.get(key);
    if (held?.revision === revision) return { written: held };
    // A later commit of the same group may have gone on from this state already.
    const told = this.cache.ring.find(key, revision)?.current;
    if (told !== undefined) return { written: told };
    const created = current?.createRevision ?? revision;
    return { written: new CachedObject(key, place, revision, created, value, this.cache.budget, object) };
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

  #departed(current: StoredObject, revision: number): CachedObject {
    const { key, createRevision, bytes } = current;
    return new CachedObject(key, current, revision, createRevision, bytes, this.cache.budget);
  }
}
