import { answerObject, createObject as create, type WriteRequest } from "@quarterdeck/registry";
import type { DecodedBody, Representation } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateRoute } from "./negotiate-route.js";
import { readObject } from "./read-object.js";
import { sendAnswer } from "./send-answer.js";
import { sendAudited } from "./send-audited.js";
import { writeRequest } from "./write-request.js";

/** POST to a collection: 201 with the object, or with the answer of a resource that is not stored. */
export async function createObject(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version } = route;
  const representation = negotiateRoute(context, "object", route);
  const request = writeRequest(context, route, "CreateOptions");
  const decoded = await readObject(context, route, services);
  if (!resource.descriptor.stored) return answer(context, route, representation, request, decoded);
  const written = await create(resource, request, decoded);
  await sendAudited(context, written.created ? 201 : 200, version, representation, written.object);
}

async function answer(
  context: ServerContext,
  route: ResourceRoute,
  representation: Representation,
  request: WriteRequest,
  body: DecodedBody,
): Promise<void> {
  const { resource, version } = route;
  const answered = await answerObject(resource, request, body);
  if ("status" in answered) return sendAnswer(context, route, 201, answered.status);
  await sendAudited(context, 201, version, representation, answered.object);
}
