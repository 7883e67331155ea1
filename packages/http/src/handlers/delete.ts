import { deleteUnreadable, deleteObject as remove } from "@quarterdeck/registry";
import { sendStatus } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import { readDeleteOptions } from "./delete-options.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateRoute } from "./negotiate-route.js";
import { sendAudited } from "./send-audited.js";
import { requireUnsafeDelete } from "./unsafe-delete.js";
import { deleteRequest } from "./write-request.js";

/** DELETE of one object: a Success status when it is gone, the object while something holds it. */
export async function deleteObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version } = route;
  const representation = negotiateRoute(context, "object", route);
  const options = await readDeleteOptions(context, services);
  const request = deleteRequest(context, route, options);
  const unsafe = options.ignoreStoreReadErrorWithClusterBreakingPotential === true;
  if (unsafe) await requireUnsafeDelete(context, route, services.authorizers);
  const deleted = unsafe ? await deleteUnreadable(resource, request) : await remove(resource, request, options);
  // Upstream's rule: Accepted when the caller asked for dependents to go first, by the old option.
  const code = !deleted.gone && options.orphanDependents === false ? 202 : 200;
  if ("status" in deleted) {
    context.state.audit.responseStatus(deleted.status);
    return sendStatus(context, deleted.status, code);
  }
  await sendAudited(context, code, version, representation, deleted.object);
}
