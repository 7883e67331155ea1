import type { KubeObject } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import { decodeObject } from "./decode/decode-object.js";
import { copyObject } from "./json/copy-object.js";
import { trackUpdate } from "./managed-fields/track-update.js";
import { admitMutation } from "./prepare/admit.js";
import { applyDefaults } from "./prepare/apply-defaults.js";
import { authorizeWrite } from "./prepare/authorize-write.js";
import { generateName, NAME_ATTEMPTS } from "./prepare/generate-name.js";
import { matchNamespace } from "./prepare/match-request.js";
import { dedupOwnerReferences } from "./prepare/owner-references.js";
import { wipeSystemMetadata } from "./prepare/prepare-create.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";
import { storeNew } from "./store-new.js";

/**
 * POST to a collection: decode, default, admit, prepare, validate, admit, store. 409 AlreadyExists when the name is
 * taken; a generateName is tried eight times.
 */
export async function createObject(
  resource: RegistryResource,
  request: WriteRequest,
  body: DecodedBody,
): Promise<Written> {
  const object = decodeObject(resource, request, body);
  wipeSystemMetadata(object);
  matchNamespace(resource, request, object);
  dedupOwnerReferences(request, object, false);
  applyDefaults(request, object);
  const { metadata } = object;
  if (metadata.resourceVersion !== undefined) {
    throw StatusError.badRequest("resourceVersion should not be set on objects to be created");
  }
  trackUpdate(resource, request, "", undefined, object);
  const admitted = await admitMutation(resource, request, {
    operation: "CREATE",
    subresource: "",
    name: metadata.name ?? "",
    object,
    oldObject: undefined,
  });
  matchNamespace(resource, request, admitted);
  if (request.version.hooks.authorize !== undefined) await authorizeWrite(request, admitted, undefined);
  const prefix = admitted.metadata.generateName;
  return admitted.metadata.name === undefined && prefix !== undefined
    ? createWithGeneratedName(resource, request, admitted, prefix)
    : createNamed(resource, request, admitted);
}

async function createNamed(resource: RegistryResource, request: WriteRequest, object: KubeObject): Promise<Written> {
  const { name = "" } = object.metadata;
  const result = await storeNew(resource, request, object);
  if ("written" in result) return { object: result.written, created: true };
  throw alreadyExists(resource, name, result.conflict?.object);
}

async function createWithGeneratedName(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  prefix: string,
): Promise<Written> {
  let name = "";
  for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
    const candidate = copyObject(object);
    name = generateName(prefix);
    candidate.metadata.name = name;
    const result = await storeNew(resource, request, candidate);
    if ("written" in result) return { object: result.written, created: true };
  }
  const { message, details } = alreadyExists(resource, name, undefined).status;
  const text = `${message}, the server was not able to generate a unique name for the object`;
  throw StatusError.of(409, "AlreadyExists", text, { ...details, retryAfterSeconds: 1 });
}

function alreadyExists(resource: RegistryResource, name: string, standing: KubeObject | undefined): StatusError {
  const { group, resource: plural } = resource.descriptor;
  const error = StatusError.alreadyExists({ group, resource: plural }, name);
  if (standing?.metadata.deletionTimestamp === undefined) return error;
  return StatusError.of(409, "AlreadyExists", `object is being deleted: ${error.message}`, error.status.details);
}
