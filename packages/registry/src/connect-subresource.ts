import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { formatApiVersion, StatusError } from "@quarterdeck/meta";
import type { ConnectDescriptor, SubresourceDescriptor } from "@quarterdeck/scheme";
import type { ConnectContext } from "@quarterdeck/sdk";
import { readConnectAddress } from "./connect-address.js";
import { readInput } from "./decode/read-input.js";
import { readQueryInput } from "./decode/read-query-input.js";
import { copyObject } from "./json/copy-object.js";
import { admitValidation, attributesOf } from "./prepare/admit.js";
import type { RegistryResource, WriteRequest } from "./registry-resource.js";

/** What a connection is asked for, beside what the path names. */
export type ConnectRequest = Pick<ConnectContext, "verb" | "method" | "path" | "query" | "exchange">;

/**
 * Connects a client to what stands behind a subresource, upstream's `ConnectResource`: its options come from the query, admission
 * passes as the operation CONNECT on them, then the class's method runs on the stored object. Undefined when that has
 * answered itself. 404 for an unknown subresource or object, 405 for a verb that it does not have.
 */
export async function connectSubresource(
  resource: RegistryResource,
  request: WriteRequest,
  name: string,
  asked: ConnectRequest,
): Promise<JsonObject | undefined> {
  const subresource = request.version.subresources.get(name);
  const connect = subresource?.connect;
  if (subresource === undefined || connect === undefined) throw StatusError.unknownResource();
  if (!subresource.verbs.includes(asked.verb)) throw StatusError.methodNotAllowed();
  const options = await admitOptions(resource, request, subresource, connect, readOptions(request, subresource, asked));
  const { descriptor, store } = resource;
  const proxied = connect.mode === "proxy";
  const address = proxied
    ? readConnectAddress(descriptor.singular, request.name)
    : ({ scheme: "", name: request.name, port: "" } as const);
  const stored = await store.get({ namespace: request.namespace, name: address.name }, { signal: request.signal });
  if (stored === undefined) {
    throw StatusError.notFound({ group: descriptor.group, resource: descriptor.resource }, address.name);
  }
  const { user, services } = request;
  return connect.open(copyObject(request.version.fromStorage(stored.object)), options, {
    ...asked,
    address,
    user,
    services,
    annotate: (key, value) => request.annotate(key, value),
    warn: (text) => request.warn(text),
  });
}

/** The query as the method's parameter; of a proxy the rest of the path is one of its options. */
function readOptions(
  request: WriteRequest,
  subresource: SubresourceDescriptor,
  { path, query }: ConnectRequest,
): JsonObject {
  const all = new URLSearchParams(query);
  if (subresource.connect?.mode === "proxy") all.set("path", path);
  const object = readQueryInput(subresource.inputSchema, all);
  return readInput(request, subresource, { object, duplicates: [] });
}

/** Both halves of admission; what it changed is what the method is given. */
async function admitOptions(
  resource: RegistryResource,
  request: WriteRequest,
  { name: subresource, inputKind, inputVersion }: SubresourceDescriptor,
  { mode, optionsKind }: ConnectDescriptor,
  options: JsonObject,
): Promise<JsonObject> {
  if (mode === "read") return options;
  const { group, version } = inputVersion ?? request.version;
  const object: KubeObject = {
    ...options,
    kind: optionsKind,
    apiVersion: formatApiVersion({ group, version }),
    metadata: {},
  };
  const review = {
    operation: "CONNECT",
    subresource,
    name: request.name,
    object,
    oldObject: undefined,
    kind: { group, version, kind: inputKind },
  } as const;
  const pending = resource.admission.mutate(attributesOf(resource, request, review));
  if (pending !== undefined) await pending;
  await admitValidation(resource, request, review);
  const { kind: _kind, apiVersion: _apiVersion, metadata: _metadata, ...admitted } = object;
  return admitted;
}
