import { IncomingMessage } from "node:http";
import type { RequestContext } from "@quarterdeck/sdk";

const NO_ERROR = 0;
/** How long a client that has its answer may go on sending; Node throws away what arrives. */
const LINGER_MILLISECONDS = 5000;

/** Ends what a client still sends once its answer is out, so that an unread body holds no connection or stream open. */
export function dropUnreadBody(context: RequestContext): void {
  const { req } = context;
  if (req.complete || !hasBody(req.headers)) return;
  if (req instanceof IncomingMessage) {
    // Cutting at once would reset the connection, and the client might never see the answer.
    setTimeout(() => req.complete || req.destroy(), LINGER_MILLISECONDS).unref();
    req.resume();
    return;
  }
  const { stream } = req;
  if (stream.closed || stream.endAfterHeaders) return;
  // A reset on the heels of the answer may overtake its last frames, and Go's client then drops the whole answer.
  setTimeout(() => stream.closed || stream.close(NO_ERROR), LINGER_MILLISECONDS).unref();
  req.resume();
}

function hasBody(headers: IncomingMessage["headers"]): boolean {
  if (headers["transfer-encoding"] !== undefined) return true;
  const length = headers["content-length"];
  // HTTP/2 bodies need no announcement; without one the method does not tell either.
  return length === undefined ? headers[":method"] !== undefined : length !== "0";
}
