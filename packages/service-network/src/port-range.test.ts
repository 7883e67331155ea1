import { expect, it } from "vitest";
import { PortRange } from "./port-range.js";

it("is two ports with a dash", () => {
  const range = PortRange.parse("30000-32767");
  expect([range?.first, range?.last, range?.size, String(range)]).toEqual([30_000, 32_767, 2768, "30000-32767"]);
  expect([29_999, 30_000, 32_767, 32_768].map((port) => range?.has(port))).toEqual([false, true, true, false]);
});

it.each(["", "30000", "30000-", "0-1", "2-1", "1-65536", "a-b", "1-2-3"])("is not %j", (text) => {
  expect(PortRange.parse(text)).toBeUndefined();
});
