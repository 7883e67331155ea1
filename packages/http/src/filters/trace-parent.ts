import { createTraceState, isSpanContextValid, type SpanContext } from "@opentelemetry/api";
import type { RequestContext } from "@quarterdeck/sdk";

/** Version 00 of the header; later versions may add fields at the end. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;

/** The span of the caller by W3C Trace Context (`traceparent`, `tracestate`); undefined when there is none to be read. */
export function traceParent(headers: RequestContext["req"]["headers"]): SpanContext | undefined {
  const { traceparent, tracestate } = headers;
  const [, traceId, spanId, flags] = (typeof traceparent === "string" && TRACEPARENT.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const traceFlags = Number.parseInt(flags, 16);
  const state = typeof tracestate === "string" ? { traceState: createTraceState(tracestate) } : {};
  const found: SpanContext = { traceId, spanId, traceFlags, isRemote: true, ...state };
  return isSpanContextValid(found) ? found : undefined;
}
