import type { OutgoingHttpHeaders } from "node:http";
import type { RequestContext } from "@quarterdeck/sdk";
import type { Response } from "./response.js";
import { warningHeaders } from "./warning-headers.js";

/**
 * Writes status line and headers in one call: those given, `Cache-Control: no-cache, private` unless one was set before,
 * and the recorded warnings. Headers that were set on the response before stay unless given again.
 */
export function writeHead(context: RequestContext, code: number, headers: OutgoingHttpHeaders): Response {
  const response: Response = context.res;
  if (headers["Cache-Control"] === undefined && !response.hasHeader("cache-control")) {
    headers["Cache-Control"] = "no-cache, private";
  }
  const { warnings } = context.state;
  if (warnings !== undefined && warnings.length > 0) headers.Warning = warningHeaders(warnings);
  response.writeHead(code, headers);
  return response;
}
