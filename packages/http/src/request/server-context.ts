import { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { Socket } from "node:net";
import type { RequestContext } from "@quarterdeck/sdk";
import Koa from "koa";
import { ServerRequestState } from "./request-state.js";

/** A request context as the server's own filters and handlers see it. */
export interface ServerContext extends RequestContext {
  res: ServerResponse | Http2ServerResponse;
  state: ServerRequestState;
  /** Koa never answers by itself. */
  respond?: boolean | undefined;
}

interface ContextFactory {
  createContext(req: IncomingMessage | Http2ServerRequest, res: ServerResponse | Http2ServerResponse): ServerContext;
}

/**
 * Makes Koa contexts for a request listener of ours. Koa's own listener is not used: it watches the end of each
 * response through the compat API's socket proxies, which costs as much as all of the filters, and its error writer
 * must not speak.
 */
export class ServerContexts {
  readonly #factory: ContextFactory;

  /** `servesCbor` is what the state of each request says of it. */
  constructor(private readonly servesCbor = false) {
    const app = new Koa();
    // Koa parses the URL again for each of these; the state has done it.
    Object.defineProperties(app.context, {
      path: {
        get(this: ServerContext): string {
          return this.state.path;
        },
      },
      querystring: {
        get(this: ServerContext): string {
          return this.state.querystring;
        },
      },
    });
    this.#factory = app;
  }

  create(req: IncomingMessage | Http2ServerRequest, res: ServerResponse | Http2ServerResponse): ServerContext {
    const context = this.#factory.createContext(req, res);
    context.respond = false;
    context.state = new ServerRequestState(req, res, this.servesCbor);
    return context;
  }
}

/** Gives the context a response that nobody reads, so that a handler which is late writes to nowhere. */
export function detachResponse(context: ServerContext): void {
  context.res = new ServerResponse(new IncomingMessage(new Socket()));
}
