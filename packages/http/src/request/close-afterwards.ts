import type { Http2ServerRequest, Http2Session } from "node:http2";
import type { RequestContext } from "@quarterdeck/sdk";

/** The highest stream there can be: a GOAWAY that names it refuses nothing that is on its way. */
const LAST_STREAM = 2 ** 31 - 1;
/** Go's server waits as long for streams that the client opened before it read the GOAWAY. */
const NOTICE_MILLISECONDS = 1000;

const told = new WeakSet<Http2Session>();

/** Tells an HTTP/2 client to take another connection for its next requests; those that are on their way are still answered. */
export function announceClose(session: Http2Session): void {
  if (told.has(session) || session.closed || session.destroyed) return;
  told.add(session);
  session.goaway(0, LAST_STREAM);
}

/** Closes the connection of a request once what runs on it is answered: `Connection: close`, or GOAWAY over HTTP/2. */
export function closeAfterwards(context: RequestContext): void {
  const { req } = context;
  if (!isHttp2(req)) {
    context.set("Connection", "close");
    return;
  }
  const { session } = req.stream;
  if (session === undefined || told.has(session)) return;
  announceClose(session);
  setTimeout(() => session.close(), NOTICE_MILLISECONDS).unref();
}

function isHttp2(req: RequestContext["req"]): req is Http2ServerRequest {
  return req.httpVersionMajor >= 2;
}
