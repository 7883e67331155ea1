import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import {
  createObject,
  deleteCollection,
  deleteObject,
  getObject,
  type JoinResource,
  listObjects,
  parseListQuery,
  patchObject,
  runSubresource,
  updateObject,
  type WriteRequest,
} from "@quarterdeck/registry";
import type {
  DeletionOptions,
  Logger,
  ObjectAddress,
  ObjectSelection,
  PatchOptions,
  RequestScope,
  ResourceClient,
} from "@quarterdeck/sdk";
import type { EncodedObject } from "@quarterdeck/wire";
import type { FoundVersion, ResourceTable } from "./resource-table.js";
import { serverRequest } from "./server-request.js";

const MERGE_PATCH = "application/merge-patch+json";

/** What the requests of one client have in common. */
export interface ClientScope {
  readonly table: ResourceTable;
  readonly logger: Logger;
  /** What managed fields call the writer. */
  readonly fieldManager: string;
  /** Who writes, and whether it is only tried. */
  readonly request: RequestScope;
  /** Ends the requests. */
  readonly signal: AbortSignal;
  /** The resource as the requests are made on it: within a transaction another one. */
  readonly join: JoinResource;
}

/** One resource over the verbs of the registry; objects handed out are copies, instances of the class if there is one. */
export class RegistryResourceClient implements ResourceClient {
  constructor(
    private readonly scope: ClientScope,
    private readonly found: FoundVersion,
    private readonly prototype: object | undefined,
  ) {}

  async get(address: ObjectAddress): Promise<KubeObject> {
    const found = await getObject(this.#resource, this.#request(address), "");
    return this.#out(found);
  }

  async list({ namespace = "", labelSelector = "" }: ObjectSelection = {}): Promise<readonly KubeObject[]> {
    const query = parseListQuery(new URLSearchParams({ labelSelector }));
    const page = await listObjects(this.#resource, this.#request({ name: "", namespace }), query);
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

  async updateSubresource(object: KubeObject, subresource: string): Promise<KubeObject> {
    const { statusField, parts } = this.found.version;
    const isPart = parts.has(subresource) || (subresource === "status" && statusField !== undefined);
    if (isPart) return this.#update(object, subresource);
    const { name = "", namespace = "" } = object.metadata;
    const body = this.#body(object);
    const done = await runSubresource(this.#resource, this.#request({ name, namespace }), subresource, "update", body);
    if ("object" in done) return this.#out(done.object.object);
    throw new TypeError(`${subresource} of ${this.found.descriptor.resource} does not answer with the object`);
  }

  async createSubresource(address: ObjectAddress, subresource: string, input: object): Promise<object> {
    const body: unknown = JSON.parse(JSON.stringify(input));
    const decoded = { object: isJsonObject(body) ? body : {}, duplicates: [] };
    const done = await runSubresource(this.#resource, this.#request(address), subresource, "create", decoded);
    return "object" in done ? this.#out(done.object.object) : done.answer;
  }

  async patch(address: ObjectAddress, patch: object, options: PatchOptions = {}): Promise<KubeObject> {
    const { type = MERGE_PATCH, subresource = "" } = options;
    const body = { type, body: Buffer.from(JSON.stringify(patch)) };
    const written = await patchObject(this.#resource, this.#request(address), body, subresource);
    return this.#out(written.object);
  }

  async delete(address: ObjectAddress, options: DeletionOptions = {}): Promise<void> {
    await deleteObject(this.#resource, this.#request(address), options);
  }

  async deleteCollection(selection: ObjectSelection, options: DeletionOptions = {}): Promise<void> {
    const { namespace = "", labelSelector = "" } = selection;
    const query = parseListQuery(new URLSearchParams({ labelSelector }));
    await deleteCollection(this.#resource, this.#request({ name: "", namespace }), query, options);
  }

  async #update(object: KubeObject, subresource: string): Promise<KubeObject> {
    const { name = "", namespace = "" } = object.metadata;
    const request = this.#request({ name, namespace });
    const written = await updateObject(this.#resource, request, this.#body(object), subresource);
    return this.#out(written.object);
  }

  get #resource() {
    return this.scope.join(this.scope.table.registry(this.found.descriptor));
  }

  #request({ name, namespace = "" }: ObjectAddress): WriteRequest {
    const { resource, namespaced } = this.found.descriptor;
    return serverRequest(this.#resource, {
      version: this.found.version,
      namespace: namespaced ? namespace : "",
      name,
      fieldManager: this.scope.fieldManager,
      signal: this.scope.signal,
      ...this.scope.request,
      warn: (text) => this.scope.logger.warn(text, { resource, name, namespace }),
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
