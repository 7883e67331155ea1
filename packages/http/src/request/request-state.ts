import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { UserInfo } from "@quarterdeck/meta";
import type { RequestInfo, RequestLoad, RequestState } from "@quarterdeck/sdk";
import { type ServerAuditTrail, SILENT_TRAIL } from "../audit/server-audit-trail.js";
import { NON_RESOURCE } from "./parsed-request-info.js";

const NOBODY: UserInfo = Object.freeze({ name: "", groups: Object.freeze([]) });

/** Stands for the warnings of a request until somebody records them. */
class UnheardWarnings extends Array<string> {
  override push(): number {
    return 0;
  }
}

const UNHEARD: string[] = new UnheardWarnings();

/** The state of one request as the server makes it; what costs something is made when it is first asked for. */
export class ServerRequestState implements RequestState {
  readonly receivedAt = performance.now();
  requestInfo: RequestInfo = NON_RESOURCE;
  user: UserInfo = NOBODY;
  impersonator: UserInfo | undefined;
  impersonationConstraint: string | undefined;
  /** Replaced by the filter that opens the audit of the request. */
  audit: ServerAuditTrail = SILENT_TRAIL;
  load: RequestLoad | undefined = undefined;
  /** Replaced by the filter that records them. */
  warnings: string[] = UNHEARD;
  /** Set by the filter of its name. */
  cacheControl: string | undefined;
  longRunning = false;
  readonly servesCbor: boolean;
  /** True once the time was up: the answer has been given, what the handler still sends goes nowhere. */
  timedOut = false;
  /** The path of the request line without the query; an absolute-form target is reduced to its path. */
  readonly path: string;
  readonly querystring: string;
  #res: ServerResponse | Http2ServerResponse;
  #controller: AbortController | undefined;
  #query: URLSearchParams | undefined;

  constructor(
    req: IncomingMessage | Http2ServerRequest,
    res: ServerResponse | Http2ServerResponse,
    servesCbor = false,
  ) {
    this.#res = res;
    this.servesCbor = servesCbor;
    const url = originForm(req.url ?? "/");
    const mark = url.indexOf("?");
    this.path = mark === -1 ? url : url.slice(0, mark);
    this.querystring = mark === -1 ? "" : url.slice(mark + 1);
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.querystring);
    return this.#query;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      const res = this.#res;
      if (this.timedOut || res.destroyed) controller.abort();
      // `close` also follows an answer that went out whole, which nobody needs to hear about.
      else res.once("close", () => res.writableFinished || controller.abort());
    }
    return this.#controller.signal;
  }

  /** Marks the request as timed out and aborts its signal if anybody has asked for it. */
  expire(reason: Error): void {
    this.timedOut = true;
    this.#controller?.abort(reason);
  }
}

function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const authority = url.indexOf("://");
  if (authority === -1) return url;
  const path = url.indexOf("/", authority + 3);
  return path === -1 ? "/" : url.slice(path);
}
