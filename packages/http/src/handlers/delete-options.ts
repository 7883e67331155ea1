import { type DeleteOptions, parseDeleteOptions } from "@quarterdeck/registry";
import { decodeBody } from "@quarterdeck/wire";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";

/** The options of a delete, from its body or else its query. */
export async function readDeleteOptions(context: ServerContext, services: HandlerServices): Promise<DeleteOptions> {
  const body = await readBody(context, services.maxRequestBytes);
  const { query } = context.state;
  if (body.length === 0) return parseDeleteOptions(query, undefined);
  return parseDeleteOptions(query, await decodeBody(context.get("content-type"), body, "DeleteOptions"));
}
