import { describe, expect, it } from "vitest";
import { AuditClock } from "./audit-clock.js";

describe("the clock of the audit", () => {
  it("writes microseconds with all their zeros, across seconds", () => {
    const clock = new AuditClock();
    const start = Math.ceil(performance.timeOrigin + performance.now());
    for (let step = 0; step < 2_000; step++) {
      const at = performance.now() + step * 7.123;
      const text = clock.text(at);
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      expect(Date.parse(text)).toBeGreaterThanOrEqual(start - 60_000);
    }
  });

  it("tells later times as later", () => {
    const clock = new AuditClock();
    const at = performance.now();
    const texts = [0, 0.002, 1, 999, 1001].map((later) => clock.text(at + later));
    expect(texts).toEqual([...new Set(texts)].sort());
  });
});
