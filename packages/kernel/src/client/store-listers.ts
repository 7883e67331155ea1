import { formatGroupResource } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import { type Constructor, type Lister, Listers, type MetadataChange, type ResourceReference } from "@quarterdeck/sdk";
import type { ResourceStore } from "@quarterdeck/storage";
import type { ObjectObservers } from "./object-observers.js";
import type { FoundVersion, ResourceTable } from "./resource-table.js";
import { StoreLister } from "./store-lister.js";

/** Where a resource that is missed may come from. */
function adviceFor(target: Constructor | ResourceReference): string {
  const native = typeof target !== "function" && (target.group === "" || target.group.endsWith(".k8s.io"));
  return native ? 'add "kubernetes" to resources' : "add it to resources";
}

function nameOf(target: Constructor | ResourceReference): string {
  return typeof target === "function" ? target.name : formatGroupResource(target);
}

/** The listers of a server; one for each that asks, over stores that they share. */
export class StoreListers extends Listers {
  constructor(
    private readonly table: ResourceTable,
    private readonly stores: ReadonlyMap<ResourceDescriptor, ResourceStore>,
    private readonly observers: ObjectObservers,
  ) {
    super();
  }

  of<T extends object>(target: Constructor<T>): Lister<T> | undefined;
  of(target: ResourceReference): Lister | undefined;
  of(target: Constructor | ResourceReference): Lister | undefined {
    const found = this.find(target);
    return typeof found === "string" ? undefined : found;
  }

  observeMetadata(
    target: ResourceReference,
    onChange: (change: MetadataChange) => void,
    onCurrent?: () => void,
  ): (() => void) | undefined {
    const store = this.#storeOf(this.table.find(target));
    if (store === undefined) return undefined;
    return this.observers.observe(store, (type, { metadata }) => onChange({ type, metadata }), onCurrent);
  }

  #storeOf(found: FoundVersion | undefined): ResourceStore | undefined {
    return found === undefined ? undefined : this.stores.get(found.descriptor);
  }

  /** The lister of a resource, or why there is none. */
  find(target: Constructor | ResourceReference): Lister | string {
    const found = this.table.find(target);
    const store = this.#storeOf(found);
    const name = nameOf(target);
    if (found === undefined || store === undefined) return `the config serves no ${name}: ${adviceFor(target)}`;
    if (!found.version.storage) return `${name} is not the storage version of ${found.descriptor.resource}`;
    return new StoreLister(store, this.observers);
  }
}
