import { expect, it } from "vitest";
import { InvalidTimeError, parseGoTime } from "./go-time.js";

const LAYOUT = "2006-01-02T15:04:05Z07:00";

it.each([
  ["2026-01-01T12:00:00+02:00", { seconds: "2026-01-01T10:00:00", fraction: "" }],
  ["2026-01-01T12:00:00.123456789Z", { seconds: "2026-01-01T12:00:00", fraction: "123456789" }],
])("reads %s", (text, time) => {
  expect(parseGoTime(text, LAYOUT)).toEqual(time);
});

it.each([
  "",
  "now",
  "2026-01-01",
  "2026-13-01T00:00:00Z",
  "2026-01-01T00:00:00",
  `2026-01-01T00:00:00${"0".repeat(30)}Z`,
])("says in Go's words that %j is none", (text) => {
  const quoted = JSON.stringify(text);
  const message = `parsing time ${quoted} as "${LAYOUT}": cannot parse ${quoted} as "2006"`;
  expect(() => parseGoTime(text, LAYOUT)).toThrow(new InvalidTimeError(message));
});
