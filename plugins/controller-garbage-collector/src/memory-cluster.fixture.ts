import { isDeepStrictEqual } from "node:util";
import { type KubeObject, type ObjectMeta, parseApiVersion, StatusError } from "@quarterdeck/meta";
import {
  Client,
  type Constructor,
  type DeletionOptions,
  type Lister,
  Listers,
  type MetadataChange,
  type ObjectAddress,
  type ResourceClient,
  type ResourceReference,
  type ServedResource,
  type ServedResourceChange,
  ServedResources,
} from "@quarterdeck/sdk";
import type { ObjectIdentity } from "./graph/object-identity.js";

const VERBS = ["create", "delete", "get", "list", "patch", "watch"];

function served(group: string, kind: string, namespaced: boolean, ...versions: string[]): ServedResource {
  const [version = "v1"] = versions;
  const resource = `${kind.toLowerCase()}s`;
  return { group, resource, kind, namespaced, version, verbs: VERBS, servedVersions: versions };
}

const SERVED = [
  served("", "Pod", true, "v1"),
  served("", "Secret", true, "v1"),
  served("", "Node", false, "v1"),
  served("apps", "Deployment", true, "v1"),
  served("rbac.authorization.k8s.io", "Role", true, "v1", "v1beta1"),
];

function wrong(): never {
  throw new Error("the collector does not do this");
}

/** What an observer of metadata is called by. */
export interface MetadataObserver {
  readonly change: (change: MetadataChange) => void;
  readonly current: () => void;
}

/** What a store and a server would be to the collector: objects, and a list of what was asked of them. */
export class MemoryCluster {
  /** `get pods ns1/a`, `delete pods ns1/a Background`, `patch pods ns1/a {"finalizers":[]}`; emptied by {@link taken}. */
  #actions: string[] = [];
  readonly #objects = new Map<string, KubeObject>();
  #revision = 0;
  /** Called before a write; what it does comes first, what it throws is the answer. */
  onWrite: (action: string) => void = () => {};

  /** By plural: who observes a resource. */
  readonly observers = new Map<string, MetadataObserver>();
  readonly served: ServedResources = new MemoryResources();
  readonly listers: Listers = new MemoryListers((target) => this.#lister(target), this.observers);
  readonly client: Client = new MemoryClient((target) => this.#client(target));

  /** Makes an object be there, or be as this. */
  put({ apiVersion, kind, namespace, name, uid }: ObjectIdentity, metadata: ObjectMeta = {}): KubeObject {
    const resource = this.served.findKind(apiVersion, kind) ?? wrong();
    this.#revision++;
    const place = namespace === "" ? { name } : { name, namespace };
    const object = { apiVersion, kind, metadata: { ...place, uid, resourceVersion: `${this.#revision}`, ...metadata } };
    this.#objects.set(this.#key(resource, place), object);
    return object;
  }

  remove({ apiVersion, kind, namespace, name }: ObjectIdentity): void {
    const resource = this.served.findKind(apiVersion, kind) ?? wrong();
    this.#objects.delete(this.#key(resource, namespace === "" ? { name } : { name, namespace }));
  }

  /** The metadata of what is there. */
  find({ apiVersion, kind, namespace, name }: ObjectIdentity): ObjectMeta | undefined {
    const resource = this.served.findKind(apiVersion, kind) ?? wrong();
    return this.#objects.get(this.#key(resource, namespace === "" ? { name } : { name, namespace }))?.metadata;
  }

  /** What was asked since the last call. */
  taken(): string[] {
    const taken = this.#actions;
    this.#actions = [];
    return taken;
  }

  #key({ group, resource }: ResourceReference, { namespace, name }: ObjectAddress): string {
    return `${resource}${group === "" ? "" : `.${group}`} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
  }

  #lister(target: ResourceReference): Lister {
    return {
      // The watch cache, which is asked where an owner is that is not where it should be.
      get: (name, namespace) =>
        this.#objects.get(this.#key(target, namespace === undefined ? { name } : { name, namespace })),
      list: () => ["ns1", "ns2"].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
      observe: wrong,
      getFresh: async (name, namespace) => {
        const key = this.#key(target, namespace === undefined ? { name } : { name, namespace });
        this.#actions.push(`get ${key}`);
        return this.#objects.get(key);
      },
    };
  }

  #client(target: ResourceReference): ResourceClient {
    return {
      get: wrong,
      list: wrong,
      create: wrong,
      update: wrong,
      updateStatus: wrong,
      createSubresource: wrong,
      updateSubresource: wrong,
      deleteCollection: wrong,
      delete: async (address, options) => this.#delete(target, address, options),
      patch: async (address, patch) => this.#patch(target, address, patch),
    };
  }

  #delete(target: ResourceReference, address: ObjectAddress, options: DeletionOptions = {}): void {
    const { propagationPolicy = "", preconditions = {} } = options;
    const key = this.#key(target, address);
    const guard = preconditions.resourceVersion === undefined ? "" : ` at ${preconditions.resourceVersion}`;
    this.#write(target, address, `delete ${key} ${propagationPolicy}${guard}`, preconditions);
    this.#objects.delete(key);
  }

  #patch(target: ResourceReference, address: ObjectAddress, patch: object): KubeObject {
    const { metadata }: { metadata?: ObjectMeta } = patch;
    const { uid, resourceVersion, ...changes } = metadata ?? wrong();
    const key = this.#key(target, address);
    const old = this.#write(target, address, `patch ${key} ${JSON.stringify(changes)}`, { uid, resourceVersion });
    this.#revision++;
    const changed = { ...old, metadata: { ...old.metadata, ...changes, resourceVersion: `${this.#revision}` } };
    this.#objects.set(key, changed);
    return changed;
  }

  #write(
    { group, resource }: ResourceReference,
    address: ObjectAddress,
    action: string,
    expected: { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined },
  ): KubeObject {
    this.#actions.push(action);
    this.onWrite(action);
    const object = this.#objects.get(this.#key({ group, resource }, address));
    if (object === undefined) throw StatusError.notFound({ group, resource }, address.name);
    const is = { uid: object.metadata.uid, resourceVersion: object.metadata.resourceVersion };
    const wanted = { uid: expected.uid ?? is.uid, resourceVersion: expected.resourceVersion ?? is.resourceVersion };
    if (!isDeepStrictEqual(is, wanted)) throw StatusError.conflict({ group, resource }, address.name, "not this one");
    return object;
  }
}

class MemoryResources extends ServedResources {
  all(): readonly ServedResource[] {
    return SERVED;
  }
  find({ group, resource }: ResourceReference): ServedResource | undefined {
    return SERVED.find((one) => one.group === group && one.resource === resource);
  }
  findKind(apiVersion: string, kind: string): ServedResource | undefined {
    const { group, version } = parseApiVersion(apiVersion) ?? wrong();
    return SERVED.find((one) => one.group === group && one.kind === kind && one.servedVersions.includes(version));
  }
  observe(onChange: (change: ServedResourceChange) => void): () => void {
    for (const resource of SERVED) onChange({ type: "ADDED", resource });
    return () => {};
  }
}

class MemoryListers extends Listers {
  constructor(
    private readonly lister: (target: ResourceReference) => Lister,
    private readonly observers: Map<string, MetadataObserver>,
  ) {
    super();
  }
  of(target: Constructor | ResourceReference): Lister {
    return typeof target === "function" ? wrong() : this.lister(target);
  }
  observeMetadata(
    { resource }: ResourceReference,
    change: (change: MetadataChange) => void,
    current: () => void = () => {},
  ): () => void {
    this.observers.set(resource, { change, current });
    return () => void this.observers.delete(resource);
  }
}

class MemoryClient extends Client {
  constructor(private readonly client: (target: ResourceReference) => ResourceClient) {
    super();
  }
  resource(target: Constructor | ResourceReference): ResourceClient {
    return typeof target === "function" ? wrong() : this.client(target);
  }
  as(): Client {
    return this;
  }
  within(): Client {
    return this;
  }
  transaction<T>(): Promise<T> {
    return wrong();
  }
}
