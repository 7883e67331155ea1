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
  trackUpdate(resource, request, "", undefined, object);
  const admitted = await admitMutation(resource, request, {
    operation: "CREATE",
    subresource: "",
    name: object.metadata.name ?? "",
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
  const result = await storeNew(resource, request, object);
  if ("written" in result) return { object: result.written, created: true };
  throw nameTaken(resource, object, result.conflict?.object);
}

async function createWithGeneratedName(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  prefix: string,
): Promise<Written> {
  for (let attempt = 1; ; attempt++) {
    const candidate = copyObject(object);
    candidate.metadata.name = generateName(prefix);
    const result = await storeNew(resource, request, candidate);
    if ("written" in result) return { object: result.written, created: true };
    if (attempt === NAME_ATTEMPTS) throw nameTaken(resource, candidate, result.conflict?.object);
  }
}

/** 409 AlreadyExists. Upstream blames the name's generation whenever there is a generateName, even beside a name. */
function nameTaken(
  resource: RegistryResource,
  { metadata: { name = "", generateName: prefix } }: KubeObject,
  standing: KubeObject | undefined,
): StatusError {
  const { group, resource: plural } = resource.descriptor;
  const { message, details } = StatusError.alreadyExists({ group, resource: plural }, name).status;
  const deleting = standing?.metadata.deletionTimestamp === undefined ? "" : "object is being deleted: ";
  const generated = prefix === undefined ? "" : ", the server was not able to generate a unique name for the object";
  return StatusError.of(409, "AlreadyExists", `${deleting}${message}${generated}`, {
    ...details,
    ...(prefix !== undefined && { retryAfterSeconds: 1 }),
  });
}
