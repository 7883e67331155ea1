import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { RequestContext } from "@quarterdeck/sdk";
import { NON_RESOURCE } from "../request/parsed-request-info.js";

/** A request that no socket carries, and what it was answered with. */
export interface RecordedRequest {
  readonly context: RequestContext;
  header(name: string): string | undefined;
  body(): Buffer;
}

/** A GET (or another method) of an address with these headers, as a filter would see it. */
export function recordRequest(
  address: string,
  headers: { [name: string]: string } = {},
  method = "GET",
): RecordedRequest {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  const chunks: Buffer[] = [];
  for (const [name, value] of Object.entries(headers)) req.headers[name.toLowerCase()] = value;
  res.writeHead = (code: number, given?: unknown) => {
    res.statusCode = code;
    for (const [name, value] of Object.entries(given ?? {})) res.setHeader(name, value);
    return res;
  };
  res.end = (chunk?: unknown) => {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    return res;
  };
  const [path = "", querystring = ""] = address.split("?");
  const context: RequestContext = {
    req,
    res,
    method,
    path,
    querystring,
    state: {
      receivedAt: 0,
      requestInfo: { ...NON_RESOURCE, path, verb: method.toLowerCase() },
      user: { name: "system:anonymous", groups: [] },
      signal: new AbortController().signal,
      warnings: [],
      cacheControl: "no-cache, private",
      longRunning: false,
      impersonator: undefined,
      audit: { id: "", annotate() {} },
    },
    get status() {
      return res.statusCode;
    },
    set status(code: number) {
      res.statusCode = code;
    },
    body: undefined,
    get: (name) => String(req.headers[name.toLowerCase()] ?? ""),
    set: (name, value) => {
      res.setHeader(name, value);
    },
  };
  return {
    context,
    header: (name) => {
      const value = res.getHeader(name);
      return value === undefined ? undefined : String(value);
    },
    body: () => Buffer.concat(chunks),
  };
}
