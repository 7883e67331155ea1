import type { RegistryResource } from "@quarterdeck/registry";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { type Constructor, type ResourceReference, resourceRecord } from "@quarterdeck/sdk";

/** One version of a resource, found by class or by name. */
export interface FoundVersion {
  readonly descriptor: ResourceDescriptor;
  readonly version: VersionDescriptor;
}

/** `deployments.apps`: one key for a resource. */
function resourceKey({ group, resource }: ResourceReference): string {
  return `${resource}.${group}`;
}

/** Finds resources by class, by group and plural, or by kind; the registry's entries are added once they are made. */
export class ResourceTable {
  readonly #byName = new Map<string, ResourceDescriptor>();
  readonly #registry = new Map<ResourceDescriptor, RegistryResource>();

  /** Makes the resources known; the storage plugin is made before they are. */
  know(descriptors: readonly ResourceDescriptor[]): void {
    for (const one of descriptors) this.#byName.set(resourceKey(one), one);
  }

  /** All that are known, in the order of the config. */
  all(): readonly ResourceDescriptor[] {
    return [...this.#byName.values()];
  }

  /** Adds what the verbs of a resource need; from then on clients can use it. */
  add(resource: RegistryResource): void {
    this.#registry.set(resource.descriptor, resource);
  }

  /** The version that a class describes, the storage version of a resource named by group and plural, or undefined. */
  find(target: Constructor | ResourceReference): FoundVersion | undefined {
    if (typeof target !== "function") {
      const descriptor = this.#byName.get(resourceKey(target));
      return descriptor === undefined ? undefined : { descriptor, version: descriptor.storageVersion };
    }
    const record = resourceRecord(target);
    return record === undefined ? undefined : this.findKind(record.group, record.version, record.kind);
  }

  /** A version of a resource by its kind. */
  findKind(group: string, version: string, kind: string): FoundVersion | undefined {
    for (const descriptor of this.#byName.values()) {
      if (descriptor.group !== group || descriptor.kind !== kind) continue;
      const found = descriptor.versions.get(version);
      if (found !== undefined) return { descriptor, version: found };
    }
    return undefined;
  }

  /** The registry's entry; throws before the server is assembled. */
  registry(descriptor: ResourceDescriptor): RegistryResource {
    const resource = this.#registry.get(descriptor);
    if (resource === undefined) throw new Error("the client can be used from start() on, not in a constructor");
    return resource;
  }
}
