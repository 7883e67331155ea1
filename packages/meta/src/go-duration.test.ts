import { expect, it } from "vitest";
import { formatGoDuration, InvalidDurationError, parseGoDuration } from "./go-duration.js";

it.each([
  [0, "0s"],
  [1, "1ns"],
  [1500, "1.5µs"],
  [20_000_000, "20ms"],
  [1_500_000_000, "1.5s"],
  [60_000_000_000, "1m0s"],
  [90_000_000_000, "1m30s"],
  [3_600_000_000_000, "1h0m0s"],
  [-5_400_000_000_000, "-1h30m0s"],
])("writes %d nanoseconds as Go does: %s", (nanoseconds, text) => {
  expect(formatGoDuration(nanoseconds)).toBe(text);
  expect(parseGoDuration(text)).toBeCloseTo(nanoseconds / 1e6, 6);
});

it("says what is wrong in Go's words", () => {
  expect(() => parseGoDuration("1x")).toThrow(InvalidDurationError);
  expect(() => parseGoDuration("1x")).toThrow('time: unknown unit "x" in duration "1x"');
});
