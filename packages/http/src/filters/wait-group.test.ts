import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { WaitGroup } from "../server/wait-group.js";
import { WaitGroupFilter } from "./wait-group.js";

describe("wait-group", () => {
  it("makes a drain wait for running requests, whether they succeed or fail", async () => {
    const group = new WaitGroup();
    const filter = new WaitGroupFilter(group);
    const ends: ((error?: Error) => void)[] = [];
    const running = [0, 1].map(() =>
      filter.handle(
        fakeContext({ url: "/api/v1/pods" }),
        () => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
      ),
    );
    let drained = false;
    const drain = group.drain().then(() => {
      drained = true;
    });
    ends[0]?.();
    await running[0];
    expect(drained).toBe(false);
    expect(group.running).toBe(1);
    ends[1]?.(new Error("failed"));
    await expect(running[1]).rejects.toThrow("failed");
    await drain;
    expect(drained).toBe(true);
  });

  it("does not wait for long-running requests", async () => {
    const group = new WaitGroup();
    const context = fakeContext({ url: "/api/v1/pods?watch=1" });
    context.state.longRunning = true;
    await new WaitGroupFilter(group).handle(context, async () => expect(group.running).toBe(0));
  });

  it("refuses newcomers while draining and tells them when to come back", async () => {
    const group = new WaitGroup();
    await group.drain();
    const context = fakeContext({ url: "/api/v1/pods" });
    let passed = false;
    const act = () =>
      new WaitGroupFilter(group).handle(context, async () => {
        passed = true;
      });
    expect(act).toThrow(StatusError.serviceUnavailable("apiserver is shutting down"));
    expect(context.res.getHeader("retry-after")).toBe("1");
    expect(passed).toBe(false);
  });

  it.each(["/readyz", "/livez/ping", "/metrics"])("lets %s pass while draining", async (url) => {
    const group = new WaitGroup();
    await group.drain();
    let passed = false;
    await new WaitGroupFilter(group).handle(fakeContext({ url }), async () => {
      passed = true;
    });
    expect(passed).toBe(true);
  });
});
