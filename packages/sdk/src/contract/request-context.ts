import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { UserInfo } from "@quarterdeck/meta";
import type { AuditTrail } from "./audit.js";
import type { RequestInfo } from "./request-info.js";
import type { RequestLoad } from "./request-load.js";

/** What the filters of one request have found out so far; each field is set by the filter of its name. */
export interface RequestState {
  /** When the request line was read, in milliseconds of the monotonic clock. */
  receivedAt: number;
  requestInfo: RequestInfo;
  user: UserInfo;
  /** Aborts when the client goes away, the time is up or the server stops. */
  signal: AbortSignal;
  /** The user who impersonates {@link user}; undefined when nobody does. */
  impersonator: UserInfo | undefined;
  /** The verb of constrained impersonation that let the impersonator do so, `impersonate:user-info`; undefined otherwise. */
  impersonationConstraint?: string | undefined;
  /** What the audit event of the request is told. */
  readonly audit: AuditTrail;
  /** Set by a filter that counts what is being worked on; handlers tell it how the request goes on. */
  load?: RequestLoad | undefined;
  /** Texts for the `Warning: 299 - "…"` headers of the answer. */
  warnings: string[];
  /** The `Cache-Control` of an answer that sets none itself; undefined for none. */
  cacheControl?: string | undefined;
  /** True for watch, proxy, exec, attach, log and port-forward: no timeout, not waited for as a whole. */
  longRunning: boolean;
  /** The config has switched CBOR on. */
  readonly servesCbor?: boolean;
}

/**
 * One request as a filter sees it: the part of a Koa context that is promised to plugins.
 * A filter answers by setting `status` and `body`, by throwing a `StatusError`, or by calling `next`.
 */
export interface RequestContext {
  readonly req: IncomingMessage | Http2ServerRequest;
  readonly res: ServerResponse | Http2ServerResponse;
  readonly method: string;
  /** The path without the query, still percent-encoded. */
  readonly path: string;
  /** The raw query string without `?`. */
  readonly querystring: string;
  readonly state: RequestState;
  status: number;
  body: unknown;
  /** A request header, by any case; empty when absent. */
  get(name: string): string;
  /** Sets a response header. */
  set(name: string, value: string): void;
}
