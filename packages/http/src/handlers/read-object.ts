import { type DecodedBody, decodeBody, objectBody } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { otherForms } from "./other-forms.js";

/** The object in the body of a POST or PUT; throws 400, 413 or 415 for what is none in any form that is taken. */
export async function readObject(
  context: ServerContext,
  { resource, version }: ResourceRoute,
  services: HandlerServices,
): Promise<DecodedBody> {
  const body = await readBody(context, services.maxRequestBytes);
  const protobuf = objectBody(resource.descriptor, version);
  const decoded = await decodeBody(
    context.get("content-type"),
    body,
    resource.descriptor.kind,
    otherForms(context, protobuf),
  );
  context.state.audit.requestObject(decoded.object);
  return decoded;
}
