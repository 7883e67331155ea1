import { parseListQuery, listObjects as readList } from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import { negotiateRoute } from "./negotiate-route.js";
import { readRequest } from "./read-request.js";
import { sendAuditedList } from "./send-audited.js";

/** GET of a collection. */
export async function listObjects(context: ServerContext, route: ResourceRoute): Promise<void> {
  const { resource, version } = route;
  const representation = negotiateRoute(context, "list", route);
  const query = parseListQuery(context.querystring);
  const page = await readList(resource, readRequest(context, route), query);
  // Objects that are made to be read are of no revision.
  const sent = resource.descriptor.stored ? page : { ...page, revision: undefined };
  await sendAuditedList(context, resource.descriptor, version, representation, sent);
}
