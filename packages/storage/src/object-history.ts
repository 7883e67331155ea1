import type { Storage, StorageVersion } from "@quarterdeck/sdk";
import { CachedObject } from "./cached-object.js";
import type { KeySpace } from "./key-space.js";
import type { ObjectOrigin } from "./object-origin.js";
import type { HistoryOptions, ObjectHistory, ObjectKey, ObjectVersion } from "./resource-store.js";
import { storageFailure } from "./storage-failure.js";

/** Tells what an object was before, as far back as the backend remembers. */
export class ObjectHistorian {
  /** Old states are rarely asked for, so nothing that is made of them is charged to the server's budget. */
  readonly #origin: ObjectOrigin;

  constructor(
    private readonly keys: KeySpace,
    private readonly storage: Storage,
  ) {
    this.#origin = { keys };
  }

  async history(place: ObjectKey, options: HistoryOptions): Promise<ObjectHistory> {
    const key = this.keys.keyOf(place);
    const found = await this.storage.versions(key, options).catch((error: unknown) => {
      throw storageFailure(error);
    });
    const { compacted, more, revision } = found;
    const versions = found.versions.map((version) => this.#version(key, version));
    return { versions, more, compacted, revision };
  }

  #version(key: string, version: StorageVersion): ObjectVersion {
    const { revision, createRevision, value, note } = version;
    const object = value && new CachedObject(key, revision, createRevision, value, this.#origin);
    return { revision, createRevision, object, note };
  }
}
