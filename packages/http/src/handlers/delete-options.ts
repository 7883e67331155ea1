import { type DeleteOptions, parseDeleteOptions } from "@quarterdeck/registry";
import { DELETE_OPTIONS_BODY, decodeBody } from "@quarterdeck/wire";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { otherForms } from "./other-forms.js";

/** The options of a delete, from its body or else its query. */
export async function readDeleteOptions(context: ServerContext, services: HandlerServices): Promise<DeleteOptions> {
  const body = await readBody(context, services.maxRequestBytes);
  const { query } = context.state;
  if (body.length === 0) return parseDeleteOptions(query, undefined);
  const type = context.get("content-type");
  const decoded = await decodeBody(type, body, undefined, otherForms(context, DELETE_OPTIONS_BODY));
  context.state.audit.requestOptions(decoded.object);
  return parseDeleteOptions(query, decoded);
}
