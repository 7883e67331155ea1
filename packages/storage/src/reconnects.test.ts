import { StatusError } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import { drop, put, startStore } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";

const SMALL_RING = { ring: { minEvents: 2, maxEvents: 2, maxBytes: 1 << 20, freshMilliseconds: 0 } };

test("a revision that the ring has lost is served from the backend's history, also after a restart", async () => {
  const storage = await WrappedStorage.open();
  const first = await startStore(storage, SMALL_RING);
  await put(first, "a/1", { n: "1" });
  await put(first, "a/2");
  for (let n = 2; n < 8; n++) await put(first, "a/1", { n: String(n) });
  await drop(first, "a/2");
  await put(first, "a/3");
  const expected = [
    ...[4, 5, 6, 7, 8, 9].map((revision) => `MODIFIED a/1 @${revision}`),
    "DELETED a/2 @10",
    "ADDED a/3 @11",
  ];
  const patient = { ring: { ...SMALL_RING.ring, maxEvents: 100, freshMilliseconds: 1e9 } };
  const second = await startStore(storage, patient);
  const watches = storage.calls.watch;
  const probes = await Promise.all([3, 3, 5].map((n) => WatchProbe.start(second, { resourceVersion: String(n) })));
  expect(probes.map((probe) => probe.lines)).toEqual([expected, expected, expected.slice(2)]);
  expect(storage.calls.watch).toBe(watches + 1);
  await put(second, "a/4");
  expect(probes[0]?.lines.at(-1)).toBe("ADDED a/4 @12");
});

test("a revision that is compacted, or too much history, is a 410", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage, SMALL_RING);
  for (let n = 0; n < 8; n++) await put(store, "a/1", { n: String(n) });
  const expired = { status: { code: 410, reason: "Expired" } };
  await expect(WatchProbe.start(store, { resourceVersion: "3" })).rejects.toMatchObject(expired);
  await storage.compact(5);
  const error: unknown = await WatchProbe.start(store, { resourceVersion: "3" }).catch((reason: unknown) => reason);
  expect(error).toMatchObject(expired);
  expect(StatusError.is(error) && error.message).toBe("too old resource version: 3 (5)");
});

test("many that come from before the ring cost one look into the history, those from too far back fail alone", async () => {
  const storage = await WrappedStorage.open();
  const first = await startStore(storage);
  for (let n = 0; n < 40; n++) await put(first, `a/${n % 5}`, { n: String(n) });
  await storage.compact(10);
  const second = await startStore(storage);
  const watches = storage.calls.watch;
  const starts = Array.from({ length: 60 }, (_, n) => 39 - (n % 36));
  const results = await Promise.allSettled(
    starts.map((revision) => WatchProbe.start(second, { resourceVersion: String(revision) })),
  );
  for (const [n, result] of results.entries()) {
    const revision = starts[n] ?? 0;
    if (result.status === "fulfilled") {
      expect(result.value.lines.length).toBe(41 - revision);
      expect(revision).toBeGreaterThanOrEqual(10);
    } else {
      expect(result.reason.message).toBe(`too old resource version: ${revision} (10)`);
      expect(revision).toBeLessThan(10);
    }
  }
  // One that fails for those from too far back, one for the others.
  expect(storage.calls.watch).toBe(watches + 2);
  first.stop();
  second.stop();
});

test("a storm of watches that come back is served from the ring: no store is read, a change is encoded once", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  for (let n = 0; n < 20; n++) await put(store, `a/${n % 5}`, { n: String(n) });
  const calls = { ...storage.calls };
  let made = 0;
  const make = () => Buffer.from(`frame ${++made}`);
  const seen = Array.from({ length: 1000 }, () => [] as string[]);
  await Promise.all(
    seen.map((frames, n) =>
      WatchProbe.start(store, {
        resourceVersion: String(2 + (n % 11)),
        onChange: (type, change) => frames.push(change.frame(`json/${type}`, make).toString()),
      }),
    ),
  );
  expect(storage.calls).toEqual(calls);
  expect(made).toBe(19);
  expect(seen.map((frames) => frames.length)).toEqual(seen.map((_, n) => 19 - (n % 11)));
  expect(new Set(seen.map((frames) => frames.at(-1))).size).toBe(1);
  await put(store, "a/0");
  expect(seen.every((frames) => frames.at(-1) === "frame 20")).toBe(true);
  store.stop();
});
