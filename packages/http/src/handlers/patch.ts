import { isApply, patchObject as patch } from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import { applyObject } from "./apply.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateRoute } from "./negotiate-route.js";
import { sendAudited } from "./send-audited.js";
import { writeRequest } from "./write-request.js";

/** PATCH of an object, of its status or of another part, in one of the patch media types. */
export async function patchObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const type = context.get("content-type");
  if (isApply(type, context.state.servesCbor)) return applyObject(context, route, services);
  const { resource, version } = route;
  const representation = negotiateRoute(context, "object", route);
  const request = writeRequest(context, route, "PatchOptions");
  const body = await readBody(context, services.maxRequestBytes);
  context.state.audit.requestPatch(body);
  const written = await patch(resource, request, { type, body, cbor: context.state.servesCbor }, route.subresource);
  await sendAudited(context, written.created ? 201 : 200, version, representation, written.object);
}
