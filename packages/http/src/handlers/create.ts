import { answerObject, createObject as create } from "@quarterdeck/registry";
import { negotiate } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { readObject } from "./read-object.js";
import { sendAudited } from "./send-audited.js";
import { writeRequest } from "./write-request.js";

/** POST to a collection: 201 with the object, or with the answer of a resource that is not stored. */
export async function createObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version } = route;
  const representation = negotiate(context, "object");
  const request = writeRequest(context, route, "CreateOptions");
  const decoded = await readObject(context, route, services);
  const made = resource.descriptor.stored ? create : answerObject;
  const written = await made(resource, request, decoded);
  await sendAudited(context, written.created ? 201 : 200, version, representation, written.object);
}
