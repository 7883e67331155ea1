import type { Filter } from "@quarterdeck/sdk";
import { isLongRunning } from "../request/long-running.js";
import { parseRequestInfo } from "../request/parse-request-info.js";
import type { ServerContext } from "../request/server-context.js";

/** Reads what the request asks for into `state.requestInfo`, and whether it is long-running. */
export class RequestInfoFilter implements Filter {
  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    const { state } = context;
    const query = state.querystring === "" ? undefined : state.query;
    const info = parseRequestInfo(context.method, state.path, query);
    state.requestInfo = info;
    state.longRunning = isLongRunning(info);
    return next();
  }
}
