import type { ResourceDescriptor } from "@quarterdeck/scheme";
import { ObjectCounts } from "@quarterdeck/sdk";
import type { ResourceStore } from "@quarterdeck/storage";

/** The sizes of the watch caches by resource. */
export class StoreSizes extends ObjectCounts {
  readonly #stores = new Map<string, ResourceStore>();

  constructor(stores: ReadonlyMap<ResourceDescriptor, ResourceStore>) {
    super();
    for (const [descriptor, store] of stores) {
      if (descriptor.stored) this.#stores.set(`${descriptor.group}/${descriptor.resource}`, store);
    }
  }

  override countOf(group: string, resource: string): number | undefined {
    return this.#stores.get(`${group}/${resource}`)?.size;
  }
}
