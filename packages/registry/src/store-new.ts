import { type KubeObject, StatusError } from "@quarterdeck/meta";
import type { WriteResult } from "@quarterdeck/storage";
import { beginWrite } from "./begin-write.js";
import { objectKey } from "./object-key.js";
import { admitValidation } from "./prepare/admit.js";
import { matchNamespace } from "./prepare/match-request.js";
import { identify, prepareCreate } from "./prepare/prepare-create.js";
import { settled, storedForm } from "./prepare/stored-form.js";
import { validateCreate } from "./prepare/validate-object.js";
import type { RegistryResource, WriteRequest } from "./registry-resource.js";
import { writeAttributes } from "./write-attributes.js";

/**
 * The second half of a create: identity, what the class begins, preparation, validation, validating admission and the commit. On a dry run
 * nothing is stored, but a taken name is a conflict all the same. Throws 422 Invalid.
 */
export function storeNew(resource: RegistryResource, request: WriteRequest, object: KubeObject): Promise<WriteResult> {
  identify(resource, object);
  return beginWrite(resource, request, object, undefined, () => storePrepared(resource, request, object));
}

/** 500 for a resourceVersion, in the words of upstream's store, which a dry run does not reach; what is no number is let pass. */
function checkNoRevision({ metadata: { resourceVersion = "" } }: KubeObject): void {
  if (!/^[0-9]{1,20}$/.test(resourceVersion) || Number(resourceVersion) === 0) return;
  throw StatusError.of(500, undefined, "resourceVersion should not be set on objects to be created");
}

async function storePrepared(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
): Promise<WriteResult> {
  prepareCreate(resource, request, object);
  matchNamespace(resource, request, object);
  validateCreate(resource, request, object);
  const { name = "" } = object.metadata;
  await admitValidation(resource, request, {
    operation: "CREATE",
    subresource: "",
    name,
    object,
    oldObject: undefined,
  });
  const key = objectKey(resource, { namespace: request.namespace, name });
  const fields = settled(request, object);
  if (!request.dryRun) {
    checkNoRevision(object);
    return resource.store.create(
      key,
      storedForm(request, fields, "drop"),
      writeAttributes(resource, request, "create"),
    );
  }
  const stored = storedForm(request, fields, "keep");
  const standing = await resource.store.get(key, { signal: request.signal });
  return standing === undefined ? { written: resource.store.encode(key, stored) } : { conflict: standing };
}
