import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RepeatedWork } from "./repeated-work.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("runs at the start and every so often, one after the other, until it stops, and again after a start", async () => {
  const signals: AbortSignal[] = [];
  let under = 0;
  const work = new RepeatedWork(1000, async (signal) => {
    expect(++under).toBe(1);
    signals.push(signal);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    under--;
  });
  work.start();
  await vi.advanceTimersByTimeAsync(3500);
  expect(signals).toHaveLength(3);
  const stopped = work.stop();
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  await vi.advanceTimersByTimeAsync(20_000);
  await stopped;
  const before = signals.length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(signals).toHaveLength(before);
  work.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(signals.at(-1)?.aborted).toBe(false);
  const ended = work.stop();
  await vi.advanceTimersByTimeAsync(2000);
  await ended;
});
