import { describe, expect, it } from "vitest";
import { ExpiringCache } from "./expiring-cache.js";
import { SharedCalls } from "./shared-calls.js";

describe("ExpiringCache", () => {
  it("keeps an answer for its time, and the ones that were asked for last", () => {
    let now = 0;
    const cache = new ExpiringCache<number>(2, () => now);
    cache.set("a", 1, 10);
    cache.set("b", 2, 100);
    cache.set("never", 3, 0);
    expect([cache.get("a"), cache.get("b"), cache.get("never")]).toEqual([1, 2, undefined]);
    cache.get("a");
    cache.set("c", 3, 100);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
    now = 10;
    expect([cache.get("a"), cache.get("c"), cache.size]).toEqual([undefined, 3, 1]);
  });

  it("has keys that say nothing and that no other cache shares", () => {
    const [one, two] = [new ExpiringCache(1), new ExpiringCache(1)];
    expect(one.keyOf("token")).toBe(one.keyOf("token"));
    expect(one.keyOf("token")).not.toBe(two.keyOf("token"));
    expect(one.keyOf("token")).not.toContain("token");
  });
});

describe("SharedCalls", () => {
  it("asks once for those who ask at the same time, and again afterwards, also after a failure", async () => {
    const calls = new SharedCalls<number>();
    let asked = 0;
    const ask = async () => {
      asked += 1;
      await Promise.resolve();
      if (asked === 2) throw new Error("no");
      return asked;
    };
    expect(await Promise.all([calls.run("k", ask), calls.run("k", ask)])).toEqual([1, 1]);
    await expect(calls.run("k", ask)).rejects.toThrow("no");
    expect(await calls.run("k", ask)).toBe(3);
  });
});
