import type { Status } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { objectKey } from "./object-key.js";
import type { Deleted, RegistryResource, WriteRequest } from "./registry-resource.js";
import { toldKey } from "./told-key.js";
import { writeAttributes } from "./write-attributes.js";

/**
 * DELETE of an object that cannot be read, since it cannot be decrypted or is no object: upstream's unsafe deletion. No
 * admission, precondition or finalizer is asked, as there is nothing to ask them about. 404 NotFound without such an
 * object, 409 Conflict for one that can be read.
 */
export async function deleteUnreadable(resource: RegistryResource, request: WriteRequest): Promise<Deleted> {
  const { group, resource: plural } = resource.descriptor;
  const { namespace, name } = objectKey(resource, request);
  const { note } = writeAttributes(resource, request, "delete");
  const options = { dryRun: request.dryRun, ...(note && { note }) };
  switch (await resource.store.removeUnreadable({ namespace, name }, options)) {
    case "absent":
      throw StatusError.notFound({ group, resource: plural }, name);
    case "readable": {
      const key = toldKey(resource.descriptor, namespace, name);
      const why = "unsafe deletion is not allowed because the object is decodable from storage";
      const detail = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`;
      throw StatusError.conflict({ group, resource: plural }, name, detail);
    }
    case "removed":
      return { status: removedStatus(name, request.version.kind), gone: true };
  }
}

/** Upstream's answer where it has no object to answer with: it names the kind, and no uid is known. */
function removedStatus(name: string, kind: string): Status {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details: { name, kind }, code: 200 };
}
