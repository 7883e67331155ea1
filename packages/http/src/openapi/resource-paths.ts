import type { GroupVersionKind, JsonObject } from "@quarterdeck/meta";
import { patchTypes } from "@quarterdeck/registry";
import type { SubresourceDescriptor } from "@quarterdeck/scheme";
import { objectMessage } from "@quarterdeck/wire";
import type { ServedResource } from "../discovery/group-catalogue.js";
import type { Definitions } from "./definitions.js";
import { mediaTypes, streamTypes } from "./media-types.js";
import type { OperationBody, OperationModel, PathModel } from "./operation.js";
import { identifierPart, operationScope, operationTag } from "./operation.js";
import type { ParameterModel } from "./parameter.js";
import {
  DELETE_COLLECTION_PARAMETERS,
  DELETE_PARAMETERS,
  LIST_PARAMETERS,
  NAMESPACE_PARAMETER,
  nameParameter,
  PATCH_PARAMETERS,
  PATH_PARAMETER,
  PRETTY_PARAMETER,
  WRITE_PARAMETERS,
} from "./parameter.js";

const CONNECT_METHODS = { create: "post", get: "get", update: "put", patch: "patch", delete: "delete" } as const;
const PART_VERBS: ReadonlySet<string> = new Set(["get", "update", "patch"]);

/** References to the definitions that the operations of a resource speak of. */
export interface ResourceSchemas {
  readonly object: JsonObject;
  readonly list: JsonObject;
  /** The body of a custom subresource; undefined when it takes none. */
  input(subresource: SubresourceDescriptor): JsonObject | undefined;
}

/** Writes the paths of one served resource. */
export class ResourcePaths {
  readonly #scope: string;
  readonly #tag: string;
  readonly #kind: GroupVersionKind;
  readonly #collection: string;
  /** What objects are sent as and taken as. */
  readonly #mediaTypes: readonly string[];
  readonly #cbor: boolean;

  /** `base` is `/api/v1` or `/apis/<group>/<version>`; `cbor` says that CBOR is spoken. */
  constructor(
    private readonly served: ServedResource,
    base: string,
    private readonly definitions: Definitions,
    private readonly schemas: ResourceSchemas,
    cbor: boolean,
  ) {
    const { descriptor, version } = served;
    // Upstream's documents do not name it for custom resources, which speak it too.
    this.#cbor = cbor && descriptor.flavour === "typed";
    this.#mediaTypes = mediaTypes(objectMessage(descriptor, version) !== undefined, this.#cbor);
    this.#scope = operationScope(version);
    this.#tag = operationTag(version);
    this.#kind = { group: version.group, version: version.version, kind: version.kind };
    this.#collection = `${base}${descriptor.namespaced ? "/namespaces/{namespace}" : ""}/${descriptor.resource}`;
    this.#allNamespaces = `${base}/${descriptor.resource}`;
  }

  readonly #allNamespaces: string;

  /** All paths, empty ones left out. */
  paths(): PathModel[] {
    const { descriptor, version } = this.served;
    const paths = [this.#collectionPath(), this.#objectPath()];
    if (descriptor.namespaced && descriptor.verbs.has("list")) paths.unshift(this.#allNamespacesPath());
    if (version.statusField !== undefined) paths.push(this.#part("status", this.#kind, this.schemas.object));
    for (const [part, verbs] of version.parts) {
      paths.push(this.#part(part, this.#kind, this.schemas.object, new Set(verbs)));
    }
    if (version.scale !== undefined) {
      const scale = { group: "autoscaling", version: "v1", kind: "Scale" };
      paths.push(this.#part("scale", scale, this.definitions.meta("Scale")));
    }
    for (const subresource of version.subresources.values()) {
      if (subresource.connect === undefined) paths.push(this.#customPart(subresource));
      else paths.push(...this.#connectPaths(subresource, subresource.connect.mode === "proxy"));
    }
    return paths.filter(({ operations }) => operations.length > 0);
  }

  #allNamespacesPath(): PathModel {
    const list = this.#list(`list${this.#scope}${this.#kind.kind}ForAllNamespaces`);
    return { path: this.#allNamespaces, parameters: [PRETTY_PARAMETER], operations: [list] };
  }

  #collectionPath(): PathModel {
    const { verbs } = this.served.descriptor;
    const operations: OperationModel[] = [];
    const { kind } = this.#kind;
    if (verbs.has("list")) operations.push(this.#list(this.#id("list")));
    if (verbs.has("create")) {
      operations.push({
        ...this.#operation("post", "post", this.#id("create"), `create a ${kind}`),
        parameters: WRITE_PARAMETERS,
        body: this.#objectBody(this.schemas.object),
        responses: [200, 201, 202].map((code) => [code, this.schemas.object] as const),
      });
    }
    if (verbs.has("deletecollection")) {
      operations.push({
        ...this.#operation(
          "delete",
          "deletecollection",
          this.#id("delete", "", "Collection"),
          `delete collection of ${kind}`,
        ),
        parameters: DELETE_COLLECTION_PARAMETERS,
        body: this.#deleteBody(),
        responses: [[200, this.definitions.meta("Status")]],
      });
    }
    return { path: this.#collection, parameters: this.#pathParameters(false), operations };
  }

  #objectPath(): PathModel {
    const { verbs } = this.served.descriptor;
    const operations = this.#readAndWrite("", this.#kind, this.schemas.object, verbs);
    if (verbs.has("delete")) {
      // Upstream's natives answer with a Status or the object; the Status is what its documents name.
      const status = this.definitions.meta("Status");
      operations.push({
        ...this.#operation("delete", "delete", this.#id("delete"), `delete a ${this.#kind.kind}`),
        parameters: DELETE_PARAMETERS,
        body: this.#deleteBody(),
        responses: [200, 202].map((code) => [code, status] as const),
      });
    }
    return { path: `${this.#collection}/{name}`, parameters: this.#pathParameters(true), operations };
  }

  #part(name: string, kind: GroupVersionKind, schema: JsonObject, verbs: ReadonlySet<string> = PART_VERBS): PathModel {
    return {
      path: `${this.#collection}/{name}/${name}`,
      parameters: this.#pathParameters(true),
      operations: this.#readAndWrite(name, kind, schema, verbs),
    };
  }

  #customPart(subresource: SubresourceDescriptor): PathModel {
    const { name, verbs, inputKind, inputVersion } = subresource;
    const kind = { ...this.#kind, ...inputVersion, kind: inputKind };
    const input = this.schemas.input(subresource);
    const operations = this.#readAndWrite(
      name,
      this.#kind,
      this.schemas.object,
      new Set(verbs.filter((verb) => verb === "get")),
    );
    for (const [verb, method, action] of [
      ["create", "post", "post"],
      ["update", "put", "put"],
    ] as const) {
      if (!verbs.includes(verb)) continue;
      const id = this.#id(verb === "create" ? "create" : "replace", name);
      operations.push({
        ...this.#operation(method, action, id, `${verb} ${name} of a ${this.#kind.kind}`, kind),
        parameters: WRITE_PARAMETERS,
        ...(input === undefined ? {} : { body: this.#objectBody(input) }),
        responses: [200, 201].map((code) => [code, this.schemas.object] as const),
      });
    }
    return { path: `${this.#collection}/{name}/${name}`, parameters: this.#pathParameters(true), operations };
  }

  /** A path that is connected to; of a proxy also the one that goes on. */
  #connectPaths({ name, verbs, inputKind, inputVersion }: SubresourceDescriptor, proxied: boolean): PathModel[] {
    const kind = { ...this.#kind, ...inputVersion, kind: inputKind };
    const path = `${this.#collection}/{name}/${name}`;
    const operations = (suffix: string): OperationModel[] =>
      verbs.map((verb) => {
        const method = CONNECT_METHODS[verb];
        const id = `${this.#id("connect", name, identifierPart(method, true))}${suffix}`;
        const description = `connect ${method.toUpperCase()} requests to ${name} of ${this.#kind.kind}`;
        const operation = this.#operation(method, "connect", id, description, kind);
        return { ...operation, produces: ["*/*"], parameters: [], responses: [[200, { type: "string" }]] };
      });
    const parameters = this.#pathParameters(true);
    const whole = { path, parameters, operations: operations("") };
    if (!proxied) return [whole];
    return [
      whole,
      { path: `${path}/{path}`, parameters: [...parameters, PATH_PARAMETER], operations: operations("WithPath") },
    ];
  }

  #readAndWrite(
    part: string,
    kind: GroupVersionKind,
    schema: JsonObject,
    verbs: ReadonlySet<string>,
  ): OperationModel[] {
    const what = `${part === "" ? "the specified" : `${part} of the specified`} ${this.#kind.kind}`;
    const operations: OperationModel[] = [];
    if (verbs.has("get")) {
      const read = this.#operation("get", "get", this.#id("read", part), `read ${what}`, kind);
      operations.push({ ...read, parameters: [], responses: [[200, schema]] });
    }
    const responses = [200, 201].map((code) => [code, schema] as const);
    if (verbs.has("update")) {
      const replace = this.#operation("put", "put", this.#id("replace", part), `replace ${what}`, kind);
      operations.push({ ...replace, parameters: WRITE_PARAMETERS, body: this.#objectBody(schema), responses });
    }
    if (verbs.has("patch")) {
      const patch = this.#operation("patch", "patch", this.#id("patch", part), `partially update ${what}`, kind);
      // kubectl reads from these whether it may send a strategic merge patch.
      const types = patchTypes(this.served.descriptor.flavour, this.#cbor);
      const body = { schema: this.definitions.meta("Patch"), mediaTypes: types, required: true };
      operations.push({ ...patch, parameters: PATCH_PARAMETERS, body, responses });
    }
    return operations;
  }

  #list(operationId: string): OperationModel {
    return {
      ...this.#operation("get", "list", operationId, `list or watch objects of kind ${this.#kind.kind}`),
      parameters: LIST_PARAMETERS,
      produces: [...this.#mediaTypes, ...streamTypes(this.#mediaTypes)],
      responses: [[200, this.schemas.list]],
    };
  }

  #operation(
    method: OperationModel["method"],
    action: string,
    operationId: string,
    description: string,
    kind: GroupVersionKind = this.#kind,
  ): Omit<OperationModel, "parameters" | "responses"> {
    return { method, action, operationId, description, kind, tag: this.#tag, produces: this.#mediaTypes };
  }

  #objectBody(schema: JsonObject): OperationBody {
    return { schema, mediaTypes: this.#mediaTypes, required: true };
  }

  #deleteBody(): OperationBody {
    return {
      schema: this.definitions.meta("DeleteOptions"),
      mediaTypes: mediaTypes(true, this.#cbor),
      required: false,
    };
  }

  #pathParameters(named: boolean): ParameterModel[] {
    return [
      ...(named ? [nameParameter(this.#kind.kind)] : []),
      ...(this.served.descriptor.namespaced ? [NAMESPACE_PARAMETER] : []),
      PRETTY_PARAMETER,
    ];
  }

  #id(verb: string, part = "", infix = ""): string {
    const { namespaced } = this.served.descriptor;
    return `${verb}${this.#scope}${infix}${namespaced ? "Namespaced" : ""}${this.#kind.kind}${identifierPart(part, true)}`;
  }
}
