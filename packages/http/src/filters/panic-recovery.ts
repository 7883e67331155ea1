import { StatusError } from "@quarterdeck/meta";
import type { Filter, Logger } from "@quarterdeck/sdk";
import { sendBytes, sendStatus } from "@quarterdeck/wire";
import { isClientAbort } from "../request/client-gone-error.js";
import { breakOff, isGone } from "../request/response-end.js";
import type { ServerContext } from "../request/server-context.js";

const PANIC_TEXT = Buffer.from("This request caused apiserver to panic. Look in the logs for details.\n");
const PANIC_HEADERS = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };

/**
 * The outermost filter: turns whatever was thrown behind it into an answer. A `StatusError` is sent as it is; anything
 * else is a panic: its stack goes to the log and the client reads upstream's 500 text. An answer that has begun is
 * broken off, since nothing true can be added to it.
 */
export class PanicRecovery implements Filter {
  constructor(private readonly logger: Logger) {}

  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    return next().catch((error: unknown) => this.recover(context, error));
  }

  private recover(context: ServerContext, error: unknown): void | Promise<void> {
    const { res, state } = context;
    if (state.timedOut) {
      // The 504 has been sent; what the handler failed with afterwards only matters to the log.
      this.logger.debug("a request failed after its timeout", { method: context.method, path: context.path, error });
      return;
    }
    const isStatus = StatusError.is(error);
    if (!isStatus && (isClientAbort(error) || isGone(res))) return;
    if (!isStatus) this.logPanic(context, error);
    else if (error.code === 500)
      this.logger.error("a request failed", { path: context.path, error: error.cause ?? error });
    if (res.headersSent) {
      if (!res.writableEnded) breakOff(res);
      return;
    }
    for (const name of ["content-length", "content-encoding", "etag", "cache-control"]) res.removeHeader(name);
    if (isStatus) return sendStatus(context, error.status);
    state.cacheControl = undefined;
    return sendBytes(context, 500, PANIC_HEADERS, PANIC_TEXT);
  }

  private logPanic(context: ServerContext, error: unknown): void {
    const stack = error instanceof Error ? error.stack : undefined;
    this.logger.error("apiserver panic'd", { method: context.method, path: context.path, error, stack });
  }
}
