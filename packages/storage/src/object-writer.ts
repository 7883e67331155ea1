import type { KubeObject } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { Storage, StorageOperation } from "@quarterdeck/sdk";
import { encodeObject } from "@quarterdeck/wire";
import { CachedObject } from "./cached-object.js";
import type { ObjectCache } from "./object-cache.js";
import type { ObjectKey, WriteResult } from "./resource-store.js";
import { storageFailure } from "./storage-failure.js";
import type { StoredObject } from "./stored-object.js";

/** Writes states by compare and swap. */
export class ObjectWriter {
  constructor(
    private readonly cache: ObjectCache,
    private readonly storage: Storage,
    private readonly descriptor: Pick<ResourceDescriptor, "ttlSeconds">,
  ) {}

  create(place: ObjectKey, object: KubeObject, ttlSeconds: number | undefined): Promise<WriteResult> {
    return this.#put(this.cache.keys.keyOf(place), place, undefined, object, ttlSeconds);
  }

  replace(current: StoredObject, object: KubeObject, ttlSeconds: number | undefined): Promise<WriteResult> {
    return this.#put(current.key, current, current, object, ttlSeconds);
  }

  async remove(current: StoredObject): Promise<WriteResult> {
    const { key, revision: expected } = current;
    const result = await this.#commit({ type: "delete", key, expected });
    if ("conflict" in result) return result;
    const told = this.cache.ring.find(key, result.revision)?.departed;
    return { written: told ?? this.#departed(current, result.revision) };
  }

  async #put(
    key: string,
    place: ObjectKey,
    current: StoredObject | undefined,
    object: KubeObject,
    ttl: number | undefined,
  ): Promise<WriteResult> {
    const value = encodeObject(object);
    // An embedded backend tells the watch of these very bytes, before the commit resolves.
    this.cache.handOver(value, object);
    const ttlSeconds = ttl ?? this.descriptor.ttlSeconds;
    const expected = current?.revision ?? 0;
    const lifetime = ttlSeconds === undefined ? {} : { ttlSeconds };
    const result = await this.#commit({ type: "put", key, value, expected, ...lifetime });
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
