import { parseApiVersion } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import {
  type ResourceReference,
  type ServedResource,
  type ServedResourceChange,
  ServedResources,
} from "@quarterdeck/sdk";
import type { ResourceTable } from "./resource-table.js";

function servedResource(descriptor: ResourceDescriptor): ServedResource {
  const { group, resource, kind, namespaced, verbs, storageVersion, servedVersions, ttlSeconds } = descriptor;
  return Object.freeze({
    group,
    resource,
    version: storageVersion.version,
    kind,
    namespaced,
    verbs: Object.freeze([...verbs].sort()),
    servedVersions: Object.freeze(servedVersions.map(({ version }) => version)),
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
  });
}

/** What a server serves, read once from its table: nothing comes or goes while it runs. */
export class TableResources extends ServedResources {
  #all: ReadonlyMap<ResourceDescriptor, ServedResource> | undefined;

  constructor(private readonly table: ResourceTable) {
    super();
  }

  all(): readonly ServedResource[] {
    return [...this.#served.values()];
  }

  find(target: ResourceReference): ServedResource | undefined {
    const found = this.table.find(target);
    return found === undefined ? undefined : this.#served.get(found.descriptor);
  }

  findKind(apiVersion: string, kind: string): ServedResource | undefined {
    const of = parseApiVersion(apiVersion);
    const found = of === undefined ? undefined : this.table.findKind(of.group, of.version, kind);
    return found?.version.served ? this.#served.get(found.descriptor) : undefined;
  }

  observe(onChange: (change: ServedResourceChange) => void): () => void {
    for (const resource of this.all()) onChange({ type: "ADDED", resource });
    return () => {};
  }

  get #served(): ReadonlyMap<ResourceDescriptor, ServedResource> {
    this.#all ??= new Map(
      this.table
        .all()
        .filter(({ servedVersions }) => servedVersions.length > 0)
        .map((one) => [one, servedResource(one)]),
    );
    return this.#all;
  }
}
