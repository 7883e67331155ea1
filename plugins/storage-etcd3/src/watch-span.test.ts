import { describe, expect, it } from "vitest";
import { EVERY_KEY, KeySpace } from "./key-space.js";
import { tellsProgress, watchSpan } from "./watch-span.js";

describe("the span of a watch", () => {
  it.each([
    ["3.4.23", false],
    ["3.4.30", false],
    ["3.4.31", true],
    ["3.4.37", true],
    ["3.5.0", false],
    ["3.5.12", false],
    ["3.5.13", true],
    ["3.5.21", true],
    ["3.6.0-rc.1", true],
    ["3.6.4", true],
    ["4.0.0", true],
    ["3.3.27", false],
    ["2.3.8", false],
    ["", false],
  ])("etcd %s: progress can be believed: %s", (version, believed) => {
    expect(tellsProgress(version)).toBe(believed);
  });

  it("is the prefix where progress can be believed, and everything elsewhere", () => {
    const keys = new KeySpace("/q");
    expect(watchSpan("3.6.0", keys).range("/a/")).toEqual({
      key: Buffer.from("/q/a/"),
      end: Buffer.from("/q/a0"),
    });
    expect(watchSpan(undefined, keys).progress).toBe(true);
    expect(watchSpan("3.4.23", keys).range("/a/")).toEqual(EVERY_KEY);
  });
});
