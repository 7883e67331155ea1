import type { KubeObject } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { DeleteOptions, WriteRequest } from "../registry-resource.js";

/** 409 Conflict unless the object is the one, in the state, that a delete is about. */
export function checkPreconditions(
  request: WriteRequest,
  { uid, resourceVersion }: NonNullable<DeleteOptions["preconditions"]>,
  revision: number,
  { metadata }: KubeObject,
): void {
  const { group, kind } = request.version;
  // Upstream names the kind here, not the resource.
  const conflict = (why: string) => StatusError.conflict({ group, resource: kind }, request.name, why);
  if (uid !== undefined && uid !== metadata.uid) {
    const versus = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid ?? ""})`;
    throw conflict(`${versus}. The object might have been deleted and then recreated`);
  }
  if (resourceVersion !== undefined && resourceVersion !== String(revision)) {
    const versus = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${revision})`;
    throw conflict(`${versus}. The object might have been modified`);
  }
}
