import type { OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sendBytes, sendJson } from "@quarterdeck/wire";
import { answerNotFound } from "../dispatch/fixed-routes.js";
import type { ServerContext } from "../request/server-context.js";

/**
 * Sends what a filter left in `status` and `body` when nothing has been sent yet; a request that nobody answered is
 * not found. Koa has set the content type with the body.
 */
export async function sendBody(context: ServerContext): Promise<void> {
  const { body, res, status } = context;
  if (res.headersSent || context.state.timedOut) return;
  if (body === undefined || body === null) {
    if (status === 404) return answerNotFound(context);
    return sendBytes(context, status, {}, Buffer.alloc(0));
  }
  if (body instanceof Readable) {
    res.writeHead(status);
    return pipeline(body, res);
  }
  const headers: OutgoingHttpHeaders = {};
  if (typeof body === "string") return sendBytes(context, status, headers, Buffer.from(body));
  if (body instanceof Uint8Array) {
    return sendBytes(context, status, headers, Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  }
  return sendJson(context, status, body);
}
