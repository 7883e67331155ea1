import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";

/**
 * Answers 400 to an HTTP/1.1 request with several `Host` headers, of which Node would take the first: a proxy before the
 * server may have taken the other. True when it has been answered.
 */
export function refuseHosts(
  req: IncomingMessage | Http2ServerRequest,
  res: ServerResponse | Http2ServerResponse,
): boolean {
  if (req.httpVersionMajor >= 2 || !hasSeveralHosts(req.rawHeaders)) return false;
  res.statusCode = 400;
  res.setHeader("Connection", "close");
  res.setHeader("Content-Type", "text/plain; charset=utf-8");
  res.end("400 Bad Request: too many Host headers");
  return true;
}

function hasSeveralHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  return hosts > 1;
}
