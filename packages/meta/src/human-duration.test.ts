import { describe, expect, it } from "vitest";
import { ageOf, humanDuration } from "./human-duration.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

describe("humanDuration", () => {
  it.each([
    [-3000, "<invalid>"],
    [-1900, "0s"],
    [-500, "0s"],
    [0, "0s"],
    [119_000, "119s"],
    [2 * MINUTE, "2m"],
    [3 * MINUTE + 20_000, "3m20s"],
    [10 * MINUTE + 5000, "10m"],
    [179 * MINUTE, "179m"],
    [3 * HOUR + 20 * MINUTE, "3h20m"],
    [7 * HOUR, "7h"],
    [8 * HOUR + 10 * MINUTE, "8h"],
    [47 * HOUR, "47h"],
    [2 * DAY, "2d"],
    [3 * DAY + 4 * HOUR, "3d4h"],
    [8 * DAY + HOUR, "8d"],
    [2 * YEAR - DAY, "729d"],
    [2 * YEAR + 10 * DAY, "2y10d"],
    [3 * YEAR, "3y"],
    [9 * YEAR + 10 * DAY, "9y"],
    [Number.NaN, "<invalid>"],
  ])("%d ms is %s", (milliseconds, text) => {
    expect(humanDuration(milliseconds)).toBe(text);
  });
});

describe("ageOf", () => {
  it("reads a time, its absence and nonsense", () => {
    expect(ageOf("2020-01-01T00:00:00Z", Date.parse("2020-01-01T00:05:00Z"))).toBe("5m");
    expect([ageOf(null, 0), ageOf("", 0), ageOf(undefined, 0)]).toEqual(["<unknown>", "<unknown>", "<unknown>"]);
    expect(ageOf("soon", 0)).toBe("<invalid>");
  });
});
