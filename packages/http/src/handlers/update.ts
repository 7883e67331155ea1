import { updateObject as update } from "@quarterdeck/registry";
import { decodeBody, negotiate, objectBody, sendObject } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { writeRequest } from "./write-request.js";

/** PUT of an object or of its status: 200, or 201 for a kind that a PUT may create. */
export async function updateObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version } = route;
  const representation = negotiate(context, "object");
  const request = writeRequest(context, route, "UpdateOptions");
  const body = await readBody(context, services.maxRequestBytes);
  const protobuf = objectBody(resource.descriptor, version);
  const decoded = await decodeBody(context.get("content-type"), body, resource.descriptor.kind, protobuf);
  const written = await update(resource, request, decoded, route.subresource === "status" ? "status" : "");
  await sendObject(context, written.created ? 201 : 200, version, representation, written.object);
}
