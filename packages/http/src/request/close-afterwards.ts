import type { Http2ServerRequest } from "node:http2";
import type { RequestContext } from "@quarterdeck/sdk";

/**
 * Closes the connection of a request once what runs on it is answered: by `Connection: close`, or over HTTP/2 by a GOAWAY,
 * which also tells the client which of its requests have not been looked at and may be made elsewhere.
 */
export function closeAfterwards(context: RequestContext): void {
  const { req } = context;
  if (isHttp2(req)) req.stream.session?.close();
  else context.set("Connection", "close");
}

function isHttp2(req: RequestContext["req"]): req is Http2ServerRequest {
  return req.httpVersionMajor >= 2;
}
