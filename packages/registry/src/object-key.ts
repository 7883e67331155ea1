import { pathSegmentNameErrors, StatusError } from "@quarterdeck/meta";
import type { ObjectKey } from "@quarterdeck/storage";
import type { RegistryResource } from "./registry-resource.js";

/**
 * Where the object of a request lives. 400 BadRequest for a name that would leave its place in the key space, since a
 * percent-encoded slash reaches this point.
 */
export function objectKey(
  resource: RegistryResource,
  of: { readonly namespace: string; readonly name: string },
): ObjectKey {
  const { name } = of;
  const namespace = resource.descriptor.namespaced ? of.namespace : "";
  if (resource.descriptor.namespaced) checkSegment(namespace, "Namespace");
  checkSegment(name, "Name");
  return { namespace, name };
}

function checkSegment(segment: string, what: "Name" | "Namespace"): void {
  if (segment === "") throw StatusError.badRequest(`${what} parameter required.`);
  // A NUL would end the key in stores that key by C strings and sorts before every separator.
  const errors = segment.includes("\0") ? ["may not contain NUL"] : pathSegmentNameErrors(segment);
  if (errors.length > 0) {
    throw StatusError.badRequest(`${what} parameter invalid: ${JSON.stringify(segment)}: ${errors.join(";")}`);
  }
}
