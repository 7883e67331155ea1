import { isApply, patchScale as patch, getScale as read, updateScale as update } from "@quarterdeck/registry";
import { decodeBody, SCALE_BODY, scaleMessage } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import { applyScale } from "./apply.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateScale } from "./negotiate-route.js";
import { otherForms } from "./other-forms.js";
import { readRequest } from "./read-request.js";
import { sendAuditedJson } from "./send-audited.js";
import { writeRequest } from "./write-request.js";

/** GET of `/scale`: the object as `autoscaling/v1 Scale`. */
export async function getScale(context: ServerContext, route: ResourceRoute): Promise<void> {
  negotiateScale(context, route);
  const resourceVersion = context.state.query.get("resourceVersion") ?? "";
  const scale = await read(route.resource, readRequest(context, route), resourceVersion);
  await sendAuditedJson(context, 200, scale.object, scaleMessage(route.resource.descriptor));
}

/** PUT of `/scale`. */
export async function updateScale(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  negotiateScale(context, route);
  const request = writeRequest(context, route, "UpdateOptions");
  const body = await readBody(context, services.maxRequestBytes);
  const decoded = await decodeBody(context.get("content-type"), body, "Scale", otherForms(context, SCALE_BODY));
  context.state.audit.requestObject(decoded.object);
  const written = await update(route.resource, request, decoded);
  await sendAuditedJson(context, 200, written.object.object, scaleMessage(route.resource.descriptor));
}

/** PATCH of `/scale`. */
export async function patchScale(
  context: ServerContext,
  route: ResourceRoute,
  services: HandlerServices,
): Promise<void> {
  const type = context.get("content-type");
  if (isApply(type, context.state.servesCbor)) return applyScale(context, route, services);
  negotiateScale(context, route);
  const request = writeRequest(context, route, "PatchOptions");
  const body = await readBody(context, services.maxRequestBytes);
  context.state.audit.requestPatch(body);
  const written = await patch(route.resource, request, { type, body, cbor: context.state.servesCbor });
  await sendAuditedJson(context, 200, written.object.object, scaleMessage(route.resource.descriptor));
}
