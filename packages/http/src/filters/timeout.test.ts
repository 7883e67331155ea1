import { ServerResponse } from "node:http";
import { StatusError } from "@quarterdeck/meta";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeContext, sentBody, sentText } from "../../testing/fake-context.js";
import { SilentLogger } from "../../testing/silent-logger.js";
import { TimeoutFilter } from "./timeout.js";

const never = () => new Promise<void>(() => {});

describe("timeout", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("answers 504 after the server's limit", () => {
    const context = fakeContext({ url: "/api/v1/pods" });
    const { res } = context;
    void new TimeoutFilter(60, new SilentLogger()).handle(context, never);
    vi.advanceTimersByTime(59_000);
    expect(res.headersSent).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(res.statusCode).toBe(504);
    expect(context.state.timedOut).toBe(true);
  });

  it("answers 504 after the query's timeout when that is less, aborts the signal, and drops a late answer", () => {
    const context = fakeContext({ url: "/api/v1/pods?timeout=1.5s" });
    const { res } = context;
    const { signal } = context.state;
    void new TimeoutFilter(60, new SilentLogger()).handle(context, never);
    vi.advanceTimersByTime(1499);
    expect(res.headersSent).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
    context.res.writeHead(200, { "X-Late": "yes" });
    context.res.end("late");
    expect(res.statusCode).toBe(504);
    expect(context.res).not.toBe(res);
  });

  it("sends the Status of upstream", () => {
    const context = fakeContext({ url: "/api/v1/pods?timeout=10ms" });
    const { res } = context;
    void new TimeoutFilter(60, new SilentLogger()).handle(context, never);
    vi.advanceTimersByTime(10);
    context.res = res;
    expect(JSON.parse(sentBody(context))).toMatchObject({
      code: 504,
      reason: "Timeout",
      message: "Timeout: request did not complete within the allotted timeout",
    });
  });

  it("breaks off an answer that has begun", () => {
    const context = fakeContext({ url: "/api/v1/pods?timeout=10ms" });
    const { res } = context;
    res.writeHead(200);
    if (res instanceof ServerResponse) res.write("half");
    void new TimeoutFilter(60, new SilentLogger()).handle(context, never);
    vi.advanceTimersByTime(10);
    expect(res.destroyed).toBe(true);
    context.res = res;
    expect(sentText(context)).not.toContain("allotted");
  });

  it.each(["/api/v1/pods", "/api/v1/pods?timeout=5s"])("lets %s alone that was answered in time", async (url) => {
    const context = fakeContext({ url });
    await new TimeoutFilter(60, new SilentLogger()).handle(context, async () => {
      context.res.end("ok");
    });
    vi.advanceTimersByTime(120_000);
    expect(context.state.timedOut).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(["/api/v1/pods?timeout=0s", "/api/v1/pods?timeout=", "/api/v1/pods?timeout=2h"])(
    "keeps the server's limit for %s",
    (url) => {
      const context = fakeContext({ url });
      void new TimeoutFilter(60, new SilentLogger()).handle(context, never);
      vi.advanceTimersByTime(59_000);
      expect(context.state.timedOut).toBe(false);
      vi.advanceTimersByTime(2_000);
      expect(context.state.timedOut).toBe(true);
    },
  );

  it("does not limit long-running requests", () => {
    const context = fakeContext({ url: "/api/v1/pods?watch=1&timeout=1s" });
    context.state.longRunning = true;
    void new TimeoutFilter(60, new SilentLogger()).handle(context, never);
    vi.advanceTimersByTime(120_000);
    expect(context.state.timedOut).toBe(false);
  });

  it.each([
    ["abc", 'time: invalid duration "abc"'],
    ["5", 'time: missing unit in duration "5"'],
    ["5x", 'time: unknown unit "x" in duration "5x"'],
    ["1s2", 'time: missing unit in duration "1s2"'],
    ["-", 'time: invalid duration "-"'],
    ["99999999999h", 'time: invalid duration "99999999999h"'],
  ])("refuses ?timeout=%s as Go does", (timeout, text) => {
    const filter = new TimeoutFilter(60, new SilentLogger());
    const act = () => filter.handle(fakeContext({ url: `/api/v1/pods?timeout=${timeout}` }), never);
    expect(act).toThrow(StatusError.badRequest(`invalid timeout specified in the request URL - ${text}`));
  });
});
