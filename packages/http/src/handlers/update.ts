import { updateObject as update } from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateRoute } from "./negotiate-route.js";
import { readObject } from "./read-object.js";
import { requireCreate } from "./require-create.js";
import { sendAudited } from "./send-audited.js";
import { writeRequest } from "./write-request.js";

/** PUT of an object, of its status or of another part: 200, or 201 for a kind that a PUT may create. */
export async function updateObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version } = route;
  const representation = negotiateRoute(context, "object", route);
  const request = writeRequest(context, route, "UpdateOptions");
  const decoded = await readObject(context, route, services);
  const mayCreate = requireCreate(context, route, services);
  const written = await update(resource, request, decoded, route.subresource, mayCreate);
  await sendAudited(context, written.created ? 201 : 200, version, representation, written.object);
}
