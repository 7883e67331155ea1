import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Expiry } from "./expiry.js";

const NOW = 1_800_000_000_000;
const DAY = 24 * 3600 * 1000;

describe("expiry", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([DAY, -DAY])("a clock that is set by %i ms ends no key early or late", (jump) => {
    const ended: string[] = [];
    const expiry = new Expiry((keys) => void ended.push(...keys));
    expiry.set("/minute", NOW + 60_000);
    expiry.set("/lifted", NOW + 60_000);
    expiry.set("/lifted", undefined);
    vi.setSystemTime(NOW + jump);
    vi.advanceTimersByTime(59_999);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual(["/minute"]);
    expiry.close();
  });
});
