import { StatusError } from "@quarterdeck/meta";
import type { StoredObject } from "@quarterdeck/storage";
import { objectKey } from "./object-key.js";
import type { ReadRequest, RegistryResource } from "./registry-resource.js";

/**
 * GET of one object; without a resourceVersion the newest state. 404 NotFound, and what the store says about the
 * resourceVersion (400, 504 too large).
 */
export async function getObject(
  resource: RegistryResource,
  request: ReadRequest,
  resourceVersion: string,
): Promise<StoredObject> {
  const key = objectKey(resource, request);
  const options = resourceVersion === "" ? { signal: request.signal } : { resourceVersion, signal: request.signal };
  const object = await resource.store.get(key, options);
  if (object !== undefined) return object;
  const { group, resource: plural } = resource.descriptor;
  throw StatusError.notFound({ group, resource: plural }, request.name);
}
