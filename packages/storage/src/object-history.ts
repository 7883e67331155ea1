import type { Storage, StorageVersion } from "@quarterdeck/sdk";
import { CachedObject } from "./cached-object.js";
import type { KeySpace } from "./key-space.js";
import type { HistoryOptions, ObjectHistory, ObjectKey, ObjectVersion } from "./resource-store.js";
import { storageFailure } from "./storage-failure.js";

/** Tells what an object was before, as far back as the backend remembers. */
export class ObjectHistorian {
  constructor(
    private readonly keys: KeySpace,
    private readonly storage: Storage,
  ) {}

  async history(place: ObjectKey, options: HistoryOptions): Promise<ObjectHistory> {
    const key = this.keys.keyOf(place);
    const found = await this.storage.versions(key, options).catch((error: unknown) => {
      throw storageFailure(error);
    });
    const { compacted, more, revision } = found;
    const versions = found.versions.map((version) => this.#version(key, place, version));
    return { versions, more, compacted, revision };
  }

  #version(key: string, place: ObjectKey, version: StorageVersion): ObjectVersion {
    const { revision, createRevision, value, note } = version;
    // Old states are rarely asked for, so nothing that is made of them is charged to the server's budget.
    const object = value && new CachedObject(key, place, revision, createRevision, value, undefined);
    return { revision, createRevision, object, note };
  }
}
