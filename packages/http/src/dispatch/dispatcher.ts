import { StatusError } from "@quarterdeck/meta";
import type { Logger } from "@quarterdeck/sdk";
import { sendStatus } from "@quarterdeck/wire";
import type { HandlerServices } from "../handlers/handler-services.js";
import { parseRequestInfo } from "../request/parse-request-info.js";
import { ParsedRequestInfo } from "../request/parsed-request-info.js";
import type { ServerContext } from "../request/server-context.js";
import { type Found, findAction } from "./find-action.js";
import { answerNotFound, type FixedRoutes } from "./fixed-routes.js";
import type { RouteTable } from "./route-table.js";

/** What stands behind the last filter: finds the handler of a request, runs it and counts the answer. */
export class Dispatcher {
  constructor(
    private readonly table: RouteTable,
    private readonly fixed: FixedRoutes,
    private readonly services: HandlerServices,
    private readonly logger: Logger,
  ) {}

  /** Rejects with what a handler throws, unless that is a `StatusError`, which is sent here. */
  dispatch(context: ServerContext): Promise<void> {
    const { requestInfo } = context.state;
    if (!requestInfo.isResourceRequest) return this.fixed.handle(context);
    // A filter of the config may have put another kind of object there.
    const info = requestInfo instanceof ParsedRequestInfo ? requestInfo : reparse(context);
    const found = findAction(this.table, info, context.method);
    if (found === undefined) return Promise.resolve(answerNotFound(context));
    return this.run(context, info, found);
  }

  private run(context: ServerContext, info: ParsedRequestInfo, { route, action }: Found): Promise<void> {
    const { state } = context;
    const { metrics } = this.services;
    if (route.version.deprecationWarning !== undefined) {
      state.warnings.push(route.version.deprecationWarning);
      state.audit.annotate("k8s.io/deprecated", "true");
      metrics.deprecated(route.resource.descriptor, route.version, route.subresource);
    }
    const gauge = isRead(info.verb) ? metrics.reading : metrics.mutating;
    if (state.longRunning) action.series.running(info, 1);
    else gauge.value++;
    const done = (failure?: unknown): void => {
      if (state.longRunning) action.series.running(info, -1);
      else gauge.value--;
      if (failure !== undefined && !this.answerFailure(context, failure)) throw failure;
      const code = state.timedOut ? 504 : context.res.statusCode;
      const seconds = (performance.now() - state.receivedAt) / 1000;
      action.series.record(info, dryRunOf(context), code, seconds, sentLength(context));
    };
    return action.handler(context, route, this.services).then(
      () => done(),
      (error: unknown) => done(error ?? new TypeError("nothing was thrown")),
    );
  }

  /** False leaves the failure to the filter that recovers from panics. */
  private answerFailure(context: ServerContext, failure: unknown): boolean {
    if (!StatusError.is(failure) || context.res.headersSent) return false;
    if (failure.code === 500) {
      this.logger.error("a request failed", { path: context.path, error: failure.cause ?? failure });
    }
    context.state.audit.responseStatus(failure.status);
    sendStatus(context, failure.status);
    return true;
  }
}

function reparse(context: ServerContext): ParsedRequestInfo {
  return parseRequestInfo(context.method, context.path, context.state.query);
}

function isRead(verb: string): boolean {
  return verb === "get" || verb === "list";
}

function dryRunOf(context: ServerContext): string {
  const { querystring } = context.state;
  return querystring !== "" && querystring.includes("dryRun") && context.state.query.has("dryRun") ? "All" : "";
}

function sentLength(context: ServerContext): number {
  const length = context.res.getHeader("content-length");
  return length === undefined ? 0 : Number(length);
}
