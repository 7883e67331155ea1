import type { OutgoingHttpHeaders } from "node:http";
import type { RequestContext } from "@quarterdeck/sdk";
import type { Response } from "./response.js";
import { warningHeaders } from "./warning-headers.js";

/**
 * Writes status line and headers in one call: those given, the `Cache-Control` of the request's state unless one was set
 * before, and the recorded warnings. Headers that were set on the response before stay unless given again.
 */
export function writeHead(context: RequestContext, code: number, headers: OutgoingHttpHeaders): Response {
  const response: Response = context.res;
  const { cacheControl, warnings } = context.state;
  if (cacheControl !== undefined && headers["Cache-Control"] === undefined && !response.hasHeader("cache-control")) {
    headers["Cache-Control"] = cacheControl;
  }
  if (warnings !== undefined && warnings.length > 0) headers.Warning = warningHeaders(warnings);
  response.writeHead(code, headers);
  return response;
}
