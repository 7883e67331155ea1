import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import type { Labels } from "@quarterdeck/wire";
import type { ListOptions, ListPage, ObjectKey } from "./resource-store.js";
import type { StoredObject } from "./stored-object.js";
import { UnstoredResourceStore } from "./unstored-resource-store.js";

/** An object that was made to be read, in the form of stored ones but without a revision. */
class MadeObject implements StoredObject {
  readonly namespace = "";
  readonly revision = 0;
  readonly createRevision = 0;
  readonly bytes: Buffer;

  constructor(
    readonly key: string,
    readonly object: KubeObject,
  ) {
    this.bytes = Buffer.from(JSON.stringify(object));
  }

  get name(): string {
    return this.object.metadata.name ?? "";
  }

  get metadata(): ObjectMeta {
    return this.object.metadata;
  }

  get labels(): Labels {
    return this.object.metadata.labels ?? {};
  }

  /** Nobody asks twice: the object is made anew for each read. */
  rendition(_key: string, make: () => Buffer): Buffer {
    return make();
  }
}

/** The store of a cluster-scoped resource whose objects are made each time that they are read. */
export class MadeResourceStore extends UnstoredResourceStore {
  constructor(
    resource: string,
    private readonly prefix: string,
    private readonly make: () => Promise<readonly KubeObject[]>,
  ) {
    super(resource);
  }

  override async get({ name }: ObjectKey): Promise<StoredObject | undefined> {
    return (await this.#all()).find((one) => one.name === name);
  }

  /** All of them on one page, by name. */
  override async list({ name, predicate }: ListOptions): Promise<ListPage> {
    const chosen = (await this.#all()).filter((one) => name === undefined || one.name === name);
    const items = predicate === undefined ? chosen : chosen.filter(predicate);
    return { items, revision: 0, continueToken: undefined, remainingItemCount: undefined };
  }

  async #all(): Promise<MadeObject[]> {
    const made = (await this.make()).map((one) => new MadeObject(`${this.prefix}${one.metadata.name ?? ""}`, one));
    return made.sort((left, right) => (left.key < right.key ? -1 : 1));
  }
}
