import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Expiry } from "./expiry.js";

describe("expiry", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("calls in the order of the deadlines, whatever the order they came in", async () => {
    const ended: number[] = [];
    const expiry = new Expiry(async ({ revision }) => {
      expect(Date.now()).toBeGreaterThanOrEqual(revision);
      ended.push(revision);
    });
    const deadlines = Array.from({ length: 500 }, (_, index) => ((index * 7919) % 499) * 10 + 10);
    for (const expiresAt of deadlines) {
      expiry.add({ key: `/${expiresAt}`, revision: expiresAt, expiresAt });
    }
    await vi.advanceTimersByTimeAsync(5000);
    expect(ended).toEqual([...deadlines].sort((a, b) => a - b));
  });

  it("wakes for deadlines that are further off than a timer can be set", async () => {
    const ended: string[] = [];
    const expiry = new Expiry(async ({ key }) => void ended.push(key));
    expiry.add({ key: "/far", revision: 1, expiresAt: 2 ** 32 });
    await vi.advanceTimersByTimeAsync(2 ** 32 - 1);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toEqual(["/far"]);
  });

  it("tries again when the key could not be deleted, and never after it was cleared", async () => {
    const failing: (() => void)[] = [];
    const expiry = new Expiry(() => new Promise((_, reject) => failing.push(() => reject(new Error("unavailable")))));
    expiry.add({ key: "/a", revision: 1, expiresAt: 100 });
    await vi.advanceTimersByTimeAsync(100);
    failing[0]?.();
    await vi.advanceTimersByTimeAsync(2000);
    expect(failing.length).toBe(2);
    expiry.clear();
    failing[1]?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(failing.length).toBe(2);
  });
});
