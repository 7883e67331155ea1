import { runSubresource as run } from "@quarterdeck/registry";
import type { SubresourceVerb } from "@quarterdeck/sdk";
import { type DecodedBody, decodeBody, inputBody } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateSubresource } from "./negotiate-route.js";
import { otherForms } from "./other-forms.js";
import { sendAnswer } from "./send-answer.js";
import { sendAudited } from "./send-audited.js";
import { writeRequest } from "./write-request.js";

const VERBS: ReadonlyMap<string, SubresourceVerb> = new Map([
  ["get", "get"],
  ["create", "create"],
  ["update", "update"],
]);

/** A custom subresource: 201 after a POST, else 200, with the object or with what the method answered. */
export async function runSubresource(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const { resource, version, subresource } = route;
  const verb = VERBS.get(context.state.requestInfo.verb) ?? "get";
  const representation = negotiateSubresource(context, route);
  const request = writeRequest(context, route, verb === "create" ? "CreateOptions" : "UpdateOptions");
  const body = verb === "get" ? undefined : await readInput(context, route, services);
  const result = await run(resource, request, subresource, verb, body);
  const code = verb === "create" ? 201 : 200;
  if ("answer" in result) await sendAnswer(context, route, code, result.answer);
  else await sendAudited(context, code, version, representation, result.object.object);
}

async function readInput(
  context: ServerContext,
  { resource, version, subresource }: ResourceRoute,
  services: HandlerServices,
): Promise<DecodedBody | undefined> {
  const body = await readBody(context, services.maxRequestBytes);
  if (body.length === 0) return undefined;
  const input = version.subresources.get(subresource);
  const protobuf = inputBody(resource.descriptor, version, input);
  const decoded = await decodeBody(context.get("content-type"), body, input?.inputKind, otherForms(context, protobuf));
  context.state.audit.requestObject(decoded.object);
  return decoded;
}
