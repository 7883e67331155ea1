import { StatusError } from "@quarterdeck/meta";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { Authorizers } from "../filters/authorizers.js";
import type { ServerContext } from "../request/server-context.js";

const VERB = "unsafe-delete-ignore-read-errors";

/**
 * The right to remove an object that cannot be read, which nothing of the object guards any more: a verb of its own, beside
 * `delete`. The audit event says that it was tried. 403 without it.
 */
export async function requireUnsafeDelete(
  { state }: ServerContext,
  { resource, version }: ResourceRoute,
  authorizers: Authorizers,
): Promise<void> {
  state.audit.annotate("apiserver.k8s.io/unsafe-delete-ignore-read-error", "");
  const { group, version: apiVersion } = version;
  const { resource: plural } = resource.descriptor;
  const { namespace, name, path } = state.requestInfo;
  const { allowed, reason } = await authorizers.authorize({
    user: state.user,
    verb: VERB,
    isResourceRequest: true,
    apiGroup: group,
    apiVersion,
    resource: plural,
    subresource: "",
    namespace,
    name,
    path,
    fieldSelector: "",
    labelSelector: "",
  });
  if (allowed) return;
  const why = `not permitted to do "${VERB}", reason: ${reason}`;
  throw StatusError.forbidden({ group, resource: plural }, name, why);
}
