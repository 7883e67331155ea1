import { answerObject as answer } from "@quarterdeck/registry";
import { negotiate } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { readObject } from "./read-object.js";
import { sendAudited } from "./send-audited.js";
import { writeRequest } from "./write-request.js";

/** POST to a resource that is not stored: 201 with what its class answers. */
export async function answerObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version } = route;
  const representation = negotiate(context, "object");
  const request = writeRequest(context, route, "CreateOptions");
  const decoded = await readObject(context, route, services);
  const written = await answer(resource, request, decoded);
  await sendAudited(context, 201, version, representation, written.object);
}
