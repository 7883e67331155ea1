import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { storageVersionHash } from "./storage-version-hash.js";

/** A row of an `APIResourceList`; the keys are in the order in which upstream writes them. */
export interface ApiResource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: string[];
  readonly shortNames?: string[];
  readonly categories?: string[];
  readonly storageVersionHash?: string;
}

const OBJECT_PART_VERBS = ["get", "patch", "update"];

/** The rows of one version of a resource: the resource itself, then its subresources by name. */
export function apiResources(descriptor: ResourceDescriptor, version: VersionDescriptor): ApiResource[] {
  const { storedIn, kind, resource, namespaced, storageVersion } = descriptor;
  const part = (name: string) => ({ name: `${resource}/${name}`, singularName: "", namespaced });
  const subresources = new Map<string, ApiResource>();
  for (const custom of version.subresources.values()) {
    const verbs = [...custom.verbs].sort();
    subresources.set(custom.name, { ...part(custom.name), ...custom.inputVersion, kind: custom.inputKind, verbs });
  }
  for (const [name, verbs] of version.parts) {
    subresources.set(name, { ...part(name), kind: version.kind, verbs: [...verbs].sort() });
  }
  if (version.statusField !== undefined) {
    subresources.set("status", { ...part("status"), kind: version.kind, verbs: OBJECT_PART_VERBS });
  }
  if (version.scale !== undefined) {
    const scale = { ...part("scale"), group: "autoscaling", version: "v1", kind: "Scale", verbs: OBJECT_PART_VERBS };
    subresources.set("scale", scale);
  }
  return [
    {
      name: resource,
      singularName: descriptor.singular,
      namespaced,
      kind: version.kind,
      verbs: [...descriptor.verbs].sort(),
      ...(descriptor.shortNames.length === 0 ? {} : { shortNames: [...descriptor.shortNames] }),
      ...(descriptor.categories.length === 0 ? {} : { categories: [...descriptor.categories] }),
      ...(descriptor.stored
        ? { storageVersionHash: storageVersionHash(storedIn.group, storageVersion.version, kind) }
        : {}),
    },
    ...[...subresources.keys()].sort().flatMap((name) => subresources.get(name) ?? []),
  ];
}
