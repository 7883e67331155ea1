import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import {
  createObject,
  deleteObject,
  getObject,
  type JoinResource,
  listObjects,
  NEVER_ABORTED,
  parseListQuery,
  runTransaction,
  updateObject,
  type WriteRequest,
} from "@quarterdeck/registry";
import {
  Client,
  type Constructor,
  type Logger,
  type ObjectAddress,
  type ResourceClient,
  type ResourceReference,
} from "@quarterdeck/sdk";
import type { EncodedObject } from "@quarterdeck/wire";
import type { FoundVersion, ResourceTable } from "./resource-table.js";
import { serverRequest } from "./server-request.js";

/** One resource over the verbs of the registry; objects handed out are copies, instances of the class if there is one. */
class RegistryResourceClient implements ResourceClient {
  constructor(
    private readonly table: ResourceTable,
    private readonly found: FoundVersion,
    private readonly prototype: object | undefined,
    private readonly logger: Logger,
    private readonly join: JoinResource,
  ) {}

  async get(address: ObjectAddress): Promise<KubeObject> {
    const found = await getObject(this.#resource, this.#request(address), "");
    return this.#out(found);
  }

  async list(
    options: { readonly namespace?: string; readonly labelSelector?: string } = {},
  ): Promise<readonly KubeObject[]> {
    const { namespace = "", labelSelector = "" } = options;
    const page = await listObjects(
      this.#resource,
      this.#request({ name: "", namespace }),
      parseListQuery(new URLSearchParams({ labelSelector })),
    );
    return page.items.map((one) => this.#out(one));
  }

  async create(object: KubeObject): Promise<KubeObject> {
    const { namespace = "" } = object.metadata;
    const written = await createObject(this.#resource, this.#request({ name: "", namespace }), this.#body(object));
    return this.#out(written.object);
  }

  async update(object: KubeObject): Promise<KubeObject> {
    return this.#update(object, "");
  }

  async updateStatus(object: KubeObject): Promise<KubeObject> {
    return this.#update(object, "status");
  }

  async delete(address: ObjectAddress): Promise<void> {
    await deleteObject(this.#resource, this.#request(address), {});
  }

  async #update(object: KubeObject, subresource: "" | "status"): Promise<KubeObject> {
    const { name = "", namespace = "" } = object.metadata;
    const written = await updateObject(
      this.#resource,
      this.#request({ name, namespace }),
      this.#body(object),
      subresource,
    );
    return this.#out(written.object);
  }

  get #resource() {
    return this.join(this.table.registry(this.found.descriptor));
  }

  #request({ name, namespace = "" }: ObjectAddress): WriteRequest {
    return serverRequest(this.#resource, {
      version: this.found.version,
      namespace: this.found.descriptor.namespaced ? namespace : "",
      name,
      fieldManager: "apiserver",
      signal: NEVER_ABORTED,
      warn: (text) => this.logger.warn(text, { resource: this.found.descriptor.resource, name, namespace }),
    });
  }

  /** What a remote client would have sent: plain JSON, with the type filled in. */
  #body(object: KubeObject) {
    const { apiVersion, kind } = this.found.version;
    const copy: unknown = JSON.parse(JSON.stringify({ ...object, apiVersion, kind }));
    return { object: isJsonObject(copy) ? copy : {}, duplicates: [] };
  }

  #out(encoded: EncodedObject): KubeObject {
    const object = structuredClone(this.found.version.fromStorage(encoded.object));
    return this.prototype === undefined ? object : Object.setPrototypeOf(object, this.prototype);
  }
}

/** The client of plugins: every verb in process, as `system:apiserver`, through admission and validation. */
export class RegistryClient extends Client {
  constructor(
    private readonly table: ResourceTable,
    private readonly logger: Logger,
    /** Set within a transaction. */
    private readonly join?: JoinResource,
  ) {
    super();
  }

  resource<T extends object>(target: Constructor<T>): ResourceClient<T>;
  resource(target: ResourceReference): ResourceClient;
  resource(target: Constructor | ResourceReference): ResourceClient {
    const found = this.table.find(target);
    if (found === undefined) {
      const name = typeof target === "function" ? target.name : `${target.resource}.${target.group}`;
      throw new Error(`the server does not serve ${name}: add it to resources in the config`);
    }
    return new RegistryResourceClient(
      this.table,
      found,
      typeof target === "function" ? target.prototype : undefined,
      this.logger,
      this.join ?? ((resource) => resource),
    );
  }

  async transaction<T>(run: (client: Client) => Promise<T>): Promise<T> {
    // One within another is part of it.
    if (this.join !== undefined) return run(this);
    const { result } = await runTransaction(
      (join) => run(new RegistryClient(this.table, this.logger, join)),
      NEVER_ABORTED,
    );
    return result;
  }
}
