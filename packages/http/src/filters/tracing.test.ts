import { type Context, type ContextManager, context as contexts, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { StatusError } from "@quarterdeck/meta";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { Tracing } from "./tracing.js";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";
const HEADERS = { traceparent: `00-${TRACE}-${CALLER}-01`, "user-agent": "test/1" };
const ADMIN = { name: "admin", groups: ["system:masters"] };

/** Keeps the context for as long as `with` runs, which is enough for what runs at once. */
class StackContexts implements ContextManager {
  #active: Context = ROOT_CONTEXT;

  active(): Context {
    return this.#active;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    active: Context,
    run: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const before = this.#active;
    this.#active = active;
    try {
      return run.call(self, ...args);
    } finally {
      this.#active = before;
    }
  }

  bind<T>(_context: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}

describe("tracing", () => {
  const exporter = new InMemorySpanExporter();
  let filter: Tracing;

  beforeEach(() => {
    filter = new Tracing();
    exporter.reset();
  });
  afterEach(() => {
    trace.disable();
    contexts.disable();
  });

  function register(): void {
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    contexts.setGlobalContextManager(new StackContexts());
  }

  it("does nothing until a provider is registered", async () => {
    await filter.handle(fakeContext({ headers: HEADERS }), async () => {
      expect(trace.getActiveSpan()).toBeUndefined();
    });
    register();
    await filter.handle(fakeContext({ headers: HEADERS }), async () => {});
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  it("tells what was asked and answered", async () => {
    register();
    const context = fakeContext({ url: "/apis/apps/v1/namespaces/a/deployments/b/scale?x=1", headers: HEADERS });
    context.state.user = ADMIN;
    await filter.handle(context, async () => {
      context.res.statusCode = 201;
    });
    const [span] = exporter.getFinishedSpans();
    expect(span?.name).toBe("GET /apis/apps/v1/namespaces/{:namespace}/deployments/{:name}/scale");
    expect(span?.attributes).toMatchObject({
      "http.request.method": "GET",
      "http.response.status_code": 201,
      "http.target": "/apis/apps/v1/namespaces/a/deployments/b/scale?x=1",
      "user_agent.original": "test/1",
      "audit-id": "",
    });
  });

  it("continues the trace of those who may decide what is sampled", async () => {
    register();
    const context = fakeContext({ headers: HEADERS });
    context.state.user = ADMIN;
    let seen: string | undefined;
    await filter.handle(context, async () => {
      seen = trace.getActiveSpan()?.spanContext().spanId;
    });
    const [span] = exporter.getFinishedSpans();
    expect(span?.parentSpanContext).toMatchObject({ traceId: TRACE, spanId: CALLER });
    expect(seen).toBe(span?.spanContext().spanId);
  });

  it("only links the trace of everybody else", async () => {
    register();
    const context = fakeContext({ headers: HEADERS });
    context.state.user = { name: "alice", groups: ["system:authenticated"] };
    await filter.handle(context, async () => {});
    const [span] = exporter.getFinishedSpans();
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.spanContext().traceId).not.toBe(TRACE);
    expect(span?.links[0]?.context).toMatchObject({ traceId: TRACE, spanId: CALLER });
  });

  it.each(["", "00-0-0-00", `ff-${TRACE}-${CALLER}-01`, `00-${"0".repeat(32)}-${CALLER}-01`])(
    "takes no word from the traceparent %j",
    async (traceparent) => {
      register();
      const context = fakeContext({ headers: { traceparent } });
      context.state.user = ADMIN;
      await filter.handle(context, async () => {});
      expect(exporter.getFinishedSpans()[0]?.parentSpanContext).toBeUndefined();
    },
  );

  it("ends the span of a request that fails, and lets the failure through", async () => {
    register();
    const refusal = StatusError.unauthorized();
    await expect(filter.handle(fakeContext(), () => Promise.reject(refusal))).rejects.toBe(refusal);
    const crash = new RangeError("boom");
    await expect(filter.handle(fakeContext(), () => Promise.reject(crash))).rejects.toBe(crash);
    const [first, second] = exporter.getFinishedSpans();
    expect(first?.attributes["http.response.status_code"]).toBe(401);
    expect(first?.events).toEqual([]);
    expect(second?.attributes["http.response.status_code"]).toBe(500);
    expect(second?.events[0]?.attributes?.["exception.message"]).toBe("boom");
  });
});
