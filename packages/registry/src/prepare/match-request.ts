import type { KubeObject } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";

/** 400 BadRequest for what says to be in another namespace than the request. */
export function otherNamespace(): StatusError {
  return StatusError.badRequest(
    "the namespace of the provided object does not match the namespace sent on the request",
  );
}

/**
 * Gives the object the namespace of the request; 400 BadRequest when it names another. Cluster-scoped objects lose
 * theirs silently, as upstream does.
 */
export function matchNamespace(resource: RegistryResource, request: WriteRequest, object: KubeObject): void {
  const { metadata } = object;
  if (!resource.descriptor.namespaced) {
    delete metadata.namespace;
    return;
  }
  if ((metadata.namespace ?? request.namespace) !== request.namespace) throw otherNamespace();
  metadata.namespace = request.namespace;
}

/** 400 BadRequest unless the object has the name of the URL. */
export function matchName(request: WriteRequest, object: KubeObject): void {
  const { name } = object.metadata;
  if (name === undefined) {
    throw StatusError.badRequest(
      `the name of the object (${request.name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (name !== request.name) {
    throw StatusError.badRequest(
      `the name of the object (${name}) does not match the name on the URL (${request.name})`,
    );
  }
}
