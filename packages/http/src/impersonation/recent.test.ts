import { describe, expect, it } from "vitest";
import { Recent } from "./recent.js";

describe("recent", () => {
  it("forgets after its time", () => {
    let now = 0;
    const recent = new Recent<string>(10, 100, () => now);
    recent.set("a", "b");
    now = 99;
    expect(recent.get("a")).toBe("b");
    now = 100;
    expect(recent.get("a")).toBeUndefined();
  });

  it("holds no more than its limit, the newest", () => {
    const recent = new Recent<number>(2, Number.POSITIVE_INFINITY);
    for (const [key, value] of [
      ["a", 1],
      ["b", 2],
      ["a", 3],
      ["c", 4],
    ] as const)
      recent.set(key, value);
    expect([recent.get("a"), recent.get("b"), recent.get("c")]).toEqual([3, undefined, 4]);
  });
});
