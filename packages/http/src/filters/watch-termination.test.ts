import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { WaitGroup } from "../server/wait-group.js";
import { WatchTermination } from "./watch-termination.js";

const WATCH = { url: "/api/v1/pods?watch=1" };

describe("watch-termination", () => {
  it("makes a stop wait for watches", async () => {
    const group = new WaitGroup();
    let end = (): void => {};
    const watch = new WatchTermination(group).handle(
      fakeContext(WATCH),
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    let drained = false;
    const drain = group.drain().then(() => {
      drained = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(drained).toBe(false);
    end();
    await watch;
    await drain;
  });

  it("counts a watch no longer that failed", async () => {
    const group = new WaitGroup();
    const failure = StatusError.badRequest("no");
    await expect(new WatchTermination(group).handle(fakeContext(WATCH), () => Promise.reject(failure))).rejects.toBe(
      failure,
    );
    expect(group.running).toBe(0);
  });

  it("tells watches that come later to try again, and nobody else", async () => {
    const group = new WaitGroup();
    await group.drain();
    const filter = new WatchTermination(group);
    const context = fakeContext(WATCH);
    expect(() => filter.handle(context, async () => {})).toThrow(
      StatusError.serviceUnavailable("apiserver is shutting down"),
    );
    expect(context.res.getHeader("retry-after")).toBe("1");
    let passed = false;
    await filter.handle(fakeContext({ url: "/api/v1/pods" }), async () => {
      passed = true;
    });
    expect(passed).toBe(true);
  });
});
