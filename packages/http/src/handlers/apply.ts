import { applyObject as apply, applyScale as scale } from "@quarterdeck/registry";
import { type DecodedBody, decodeConfiguration, scaleMessage } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateRoute, negotiateScale } from "./negotiate-route.js";
import { requireCreate } from "./require-create.js";
import { sendAudited, sendAuditedJson } from "./send-audited.js";
import { writeQuery, writeRequestOf } from "./write-request.js";

/** Server-side apply of an object, of its status or of another part: 200, or 201 when it made the object. */
export async function applyObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version, subresource } = route;
  const representation = negotiateRoute(context, "object", route);
  const query = writeQuery(context, "ApplyOptions");
  const request = writeRequestOf(context, route, query);
  const config = await readConfiguration(context, services);
  const mayCreate = requireCreate(context, route, services);
  const written = await apply(resource, request, config, query.force, subresource, mayCreate);
  await sendAudited(context, written.created ? 201 : 200, version, representation, written.object);
}

/** Server-side apply of `/scale`. */
export async function applyScale(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  negotiateScale(context, route);
  const query = writeQuery(context, "ApplyOptions");
  const request = writeRequestOf(context, route, query);
  const config = await readConfiguration(context, services);
  const written = await scale(route.resource, request, config, query.force);
  await sendAuditedJson(context, 200, written.object.object, scaleMessage(route.resource.descriptor));
}

async function readConfiguration(context: ServerContext, services: HandlerServices): Promise<DecodedBody> {
  const body = await readBody(context, services.maxRequestBytes);
  const config = await decodeConfiguration(body, context.get("content-type"));
  context.state.audit.requestObject(config.object);
  return config;
}
