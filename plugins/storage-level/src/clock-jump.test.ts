import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StorageEvent } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LevelStorage } from "./index.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const NOW = 1_800_000_000_000;
const DAY = 24 * 3600 * 1000;

describe("storage-level when the system clock is set", () => {
  let path: string;
  let storage: LevelStorage;
  let events: StorageEvent[];

  const openStorage = async () => {
    storage = new LevelStorage({ path, compactionSeconds: 0, maxValueBytes: 65536, cacheBytes: 8388608 }, logger);
    await storage.open();
    events = [];
    const onBatch = (batch: { readonly events: readonly StorageEvent[] }) => void events.push(...batch.events);
    const onEnd = (error: Error) => expect.fail(error.message);
    await storage.watch({ prefix: "", after: await storage.currentRevision(), onBatch, onEnd });
  };

  const put = (key: string, ttlSeconds?: number) => {
    const operation = { type: "put", key, value: Buffer.from("x") } as const;
    return storage.commit([ttlSeconds === undefined ? operation : { ...operation, ttlSeconds }]);
  };

  /** A commit behind all that is being written: what was due is on disk when it resolves. */
  const settle = () => put("/settle");

  const ended = () => events.filter(({ type }) => type === "delete").map(({ key }) => key);

  beforeEach(async () => {
    vi.useFakeTimers({ now: NOW, toFake: ["Date", "performance", "setTimeout", "clearTimeout"] });
    path = await mkdtemp(join(tmpdir(), "storage-level-clock-"));
    await openStorage();
  });

  afterEach(async () => {
    await storage.close();
    vi.useRealTimers();
    await rm(path, { recursive: true });
  });

  it.each([
    ["forwards", DAY],
    ["backwards", -DAY],
  ])("a day %s, keys end after the time they were given", async (_, jump) => {
    await put("/hour", 3600);
    await put("/minute", 60);
    await put("/stays");
    vi.setSystemTime(NOW + jump);
    await put("/later", 120);
    await vi.advanceTimersByTimeAsync(59_000);
    await settle();
    expect(ended()).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    await settle();
    expect(ended()).toEqual(["/minute"]);
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect(ended()).toEqual(["/minute", "/later"]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    await settle();
    expect(ended()).toEqual(["/minute", "/later", "/hour"]);
    expect((await storage.get("/stays")).entry?.key).toBe("/stays");
  });

  it.each([DAY, -DAY])("by %i ms, it sleeps as long as before", async (jump) => {
    await put("/hour", 3600);
    vi.setSystemTime(NOW + jump);
    const timers = vi.spyOn(globalThis, "setTimeout");
    await vi.advanceTimersByTimeAsync(3_599_000);
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });

  it("while it was closed, keys end by the clock as it is then, once", async () => {
    await put("/minute", 60);
    await put("/stays");
    await storage.close();
    vi.setSystemTime(NOW + DAY);
    await openStorage();
    await vi.advanceTimersByTimeAsync(1);
    await settle();
    expect(ended()).toEqual(["/minute"]);
    await storage.close();
    vi.setSystemTime(NOW);
    await openStorage();
    await vi.advanceTimersByTimeAsync(DAY);
    await settle();
    expect(ended()).toEqual([]);
    expect((await storage.get("/minute")).entry).toBeUndefined();
    expect((await storage.get("/stays")).entry?.key).toBe("/stays");
  });
});
