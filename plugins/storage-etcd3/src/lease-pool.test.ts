import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LeasePool } from "./lease-pool.js";

const HOUR = 3600;

describe("shared leases", () => {
  let granted: number[];
  let pool: LeasePool;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0, toFake: ["Date", "performance"] });
    granted = [];
    pool = new LeasePool({ grantLease: async (seconds) => BigInt(granted.push(seconds)) }, 60);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("are used for as long as a key on them lives as long as it asks for", async () => {
    expect(await pool.lease(HOUR)).toBe(1n);
    vi.advanceTimersByTime(60_000);
    expect(await pool.lease(HOUR)).toBe(1n);
    vi.advanceTimersByTime(1);
    expect(await pool.lease(HOUR)).toBe(2n);
    expect(granted).toEqual([HOUR + 60, HOUR + 60]);
  });

  it("live at most a twentieth longer than the key asks for", async () => {
    await pool.lease(100);
    await pool.lease(10);
    await pool.lease(10);
    await pool.lease(0.5);
    expect(granted).toEqual([105, 10, 10, 1]);
  });

  it("hold at most a thousand keys", async () => {
    const ids = await Promise.all(Array.from({ length: 2001 }, () => pool.lease(HOUR)));
    expect(new Set(ids).size).toBe(3);
    expect(ids.filter((id) => id === 1n).length).toBe(1000);
  });

  it("are not used longer when the time of day is set back", async () => {
    await pool.lease(HOUR);
    vi.advanceTimersByTime(61_000);
    vi.setSystemTime(0);
    expect(await pool.lease(HOUR)).toBe(2n);
  });

  it("are asked for again when they were not granted", async () => {
    const failing = new LeasePool({ grantLease: () => Promise.reject(new Error("unavailable")) }, 60);
    await expect(failing.lease(HOUR)).rejects.toThrow("unavailable");
    await expect(failing.lease(HOUR)).rejects.toThrow("unavailable");
  });
});
