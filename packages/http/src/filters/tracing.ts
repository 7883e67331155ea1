import {
  type Context,
  context as contexts,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { StatusError } from "@quarterdeck/meta";
import type { Filter, RequestContext, RequestInfo } from "@quarterdeck/sdk";
import { traceParent } from "./trace-parent.js";

/** Whose `traceparent` is continued; that of others is only linked, so that they cannot decide what is sampled. */
const TRUSTED_GROUPS: ReadonlySet<string> = new Set(["system:masters", "system:monitoring"]);

/**
 * Makes a server span of each request once a tracer provider of OpenTelemetry is registered in the process: upstream's
 * `WithTracing`. It stands behind authentication, since it must know whose word on sampling to take. What runs behind it
 * finds the span in the active context, where a context manager is registered too.
 */
export class Tracing implements Filter {
  #tracer: Tracer | undefined;

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    this.#tracer ??= registeredTracer();
    if (this.#tracer === undefined) return next();
    const { span, active } = start(this.#tracer, context);
    return contexts.with(active, next).then(
      () => end(span, context.res.statusCode),
      (error: unknown) => {
        end(span, StatusError.is(error) ? error.code : 500, error);
        throw error;
      },
    );
  }
}

/** Undefined as long as nobody has registered a provider; a plugin may do so at any time. */
function registeredTracer(): Tracer | undefined {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider
    ? provider.getDelegateTracer("quarterdeck")
    : provider.getTracer("quarterdeck");
}

function start(tracer: Tracer, context: RequestContext): { readonly span: Span; readonly active: Context } {
  const { method, req, state, querystring } = context;
  const caller = traceParent(req.headers);
  const trusted = state.user.groups.some((group) => TRUSTED_GROUPS.has(group));
  const parent = trusted && caller !== undefined ? trace.setSpanContext(ROOT_CONTEXT, caller) : ROOT_CONTEXT;
  const span = tracer.startSpan(
    spanName(method, state.requestInfo),
    {
      kind: SpanKind.SERVER,
      startTime: state.receivedAt,
      links: trusted || caller === undefined ? [] : [{ context: caller }],
      attributes: {
        "http.request.method": method,
        "http.target": querystring === "" ? context.path : `${context.path}?${querystring}`,
        "url.scheme": "https",
        "url.path": context.path,
        "network.protocol.version": req.httpVersion,
        "user_agent.original": context.get("user-agent"),
        "audit-id": state.audit.id,
      },
    },
    parent,
  );
  return { span, active: trace.setSpan(parent, span) };
}

function end(span: Span, code: number, error?: unknown): void {
  span.setAttribute("http.response.status_code", code);
  if (code >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  if (error instanceof Error && !StatusError.is(error)) span.recordException(error);
  span.end();
}

/** Names no object, so that all requests of a kind are one row for whoever reads traces; as upstream names them. */
function spanName(method: string, info: RequestInfo): string {
  if (!info.isResourceRequest) return method;
  const group = info.apiGroup === "" ? "" : `/${info.apiGroup}`;
  const namespace = info.namespace === "" ? "" : "/namespaces/{:namespace}";
  const name = info.name === "" ? "" : "/{:name}";
  const subresource = info.subresource === "" ? "" : `/${info.subresource}`;
  return `${method} /${info.apiPrefix}${group}/${info.apiVersion}${namespace}/${info.resource}${name}${subresource}`;
}
