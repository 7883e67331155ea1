import type { OutgoingHttpHeaders } from "node:http";
import type { RequestContext } from "@quarterdeck/sdk";
import { acceptsGzip } from "../negotiate/accepts-gzip.js";
import { GZIP_THRESHOLD, gzipOnce } from "./gzip.js";
import { isGone } from "./response.js";
import { writeHead } from "./write-head.js";

const BODILESS = new Set([204, 304]);

/**
 * Sends ready bytes with these headers, and as gzip above 128 KiB when the client accepts it (a promise then). The
 * Buffer is shared: it must not change afterwards. A HEAD request gets the headers alone.
 */
export function sendBytes(
  context: RequestContext,
  code: number,
  headers: OutgoingHttpHeaders,
  bytes: Buffer,
): void | Promise<void> {
  const large = bytes.length > GZIP_THRESHOLD && acceptsGzip(context.req.headers["accept-encoding"]);
  return large ? sendCompressed(context, code, headers, bytes) : finish(context, code, headers, bytes);
}

/** The same when it is already known that the client accepts gzip. */
export async function sendCompressed(
  context: RequestContext,
  code: number,
  headers: OutgoingHttpHeaders,
  bytes: Buffer,
): Promise<void> {
  const compressed = await gzipOnce(bytes);
  if (isGone(context)) return;
  const vary = headers.Vary === undefined ? "Accept-Encoding" : `${String(headers.Vary)}, Accept-Encoding`;
  finish(context, code, { ...headers, "Content-Encoding": "gzip", Vary: vary }, compressed);
}

function finish(context: RequestContext, code: number, headers: OutgoingHttpHeaders, bytes: Buffer): void {
  if (BODILESS.has(code)) {
    writeHead(context, code, { ...headers }).end();
    return;
  }
  const response = writeHead(context, code, { ...headers, "Content-Length": bytes.length });
  if (context.method === "HEAD") response.end();
  else response.end(bytes);
}
