import { parseListQuery, deleteCollection as removeAll } from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import { readDeleteOptions } from "./delete-options.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateRoute } from "./negotiate-route.js";
import { sendAuditedList } from "./send-audited.js";
import { deleteRequest } from "./write-request.js";

/** DELETE of a collection: the list of what was deleted. */
export async function deleteCollection(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version } = route;
  const representation = negotiateRoute(context, "list", route);
  const query = parseListQuery(context.querystring);
  const options = await readDeleteOptions(context, services);
  const page = await removeAll(resource, deleteRequest(context, route, options), query, options);
  await sendAuditedList(context, resource.descriptor, version, representation, page);
}
