import { NEVER_ABORTED, parseListQuery, type ReadRequest, getObject as readObject } from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import { negotiateRoute } from "./negotiate-route.js";
import { sendAudited } from "./send-audited.js";

/** GET of one object, or of its status. */
export async function getObject(context: ServerContext, route: ResourceRoute): Promise<void> {
  const { resource, version } = route;
  const { requestInfo, querystring } = context.state;
  const representation = negotiateRoute(context, "object", route);
  const { namespace, name } = requestInfo;
  // Reading one object ends by itself in seconds; a signal of its own would cost more than the read.
  const request: ReadRequest = { version, namespace, name, signal: NEVER_ABORTED };
  const resourceVersion = querystring === "" ? "" : parseListQuery(querystring).resourceVersion;
  const object = await readObject(resource, request, resourceVersion);
  await sendAudited(context, 200, version, representation, object);
}
