import { describe, expect, test } from "vitest";
import { drop, put, startStore } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { ResourceStore, WatchOptions } from "./resource-store.js";

/** Revisions 2 to 7: a/1, a/2, b/1 created, a/1 changed, a/2 deleted, b/2 created. */
async function history(store: ResourceStore): Promise<void> {
  for (const path of ["a/1", "a/2", "b/1"]) await put(store, path, { k: "in" });
  await put(store, "a/1", { k: "out" });
  await drop(store, "a/2");
  await put(store, "b/2", { k: "in" });
}

const STATE = ["ADDED a/1 @5", "ADDED b/1 @4", "ADDED b/2 @7"];
const AFTER_3 = ["ADDED b/1 @4", "MODIFIED a/1 @5", "DELETED a/2 @6", "ADDED b/2 @7"];
const LIVE = ["MODIFIED b/1 @8", "DELETED b/2 @9"];
const predicate: WatchOptions["predicate"] = ({ labels }) => labels.k === "in";
const attribute = { id: "label k", read: ({ labels }: { labels: { [key: string]: string } }) => labels.k };
const selector = { conditions: [{ attribute, values: ["in"] }], complete: true };

/** What is asked; what is told at the start; the bookmarks of the start; what is told of b/1 changed, b/2 deleted. */
type Row = [Partial<WatchOptions>, string[], string[]?, string[]?];
const rows: Row[] = [
  [{}, STATE],
  [{ resourceVersion: "" }, STATE],
  [{ resourceVersion: "0" }, STATE],
  [{ resourceVersion: "3" }, AFTER_3],
  [{ resourceVersion: "7" }, []],
  [{ resourceVersion: "8" }, [], [], LIVE.slice(1)],
  [{ resourceVersion: "100" }, [], [], []],
  [{ sendInitialEvents: true }, STATE, ["7 end"]],
  [{ sendInitialEvents: true, resourceVersion: "0" }, STATE, ["7 end"]],
  [{ sendInitialEvents: true, resourceVersion: "3" }, STATE, ["7 end"]],
  [{ sendInitialEvents: true, resourceVersion: "7" }, STATE, ["7 end"]],
  [{ sendInitialEvents: true, allowBookmarks: false }, STATE],
  [{ sendInitialEvents: false }, []],
  [{ sendInitialEvents: false, resourceVersion: "0" }, []],
  [{ sendInitialEvents: false, resourceVersion: "3" }, AFTER_3],
  [{ namespace: "a" }, STATE.slice(0, 1), [], []],
  [{ namespace: "a", resourceVersion: "3" }, [AFTER_3[1] ?? "", AFTER_3[2] ?? ""], [], []],
  [{ namespace: "b", name: "1", resourceVersion: "3" }, AFTER_3.slice(0, 1), [], LIVE.slice(0, 1)],
  [{ name: "1", sendInitialEvents: true }, STATE.slice(0, 2), ["7 end"], LIVE.slice(0, 1)],
  [{ predicate }, STATE.slice(1), [], ["DELETED b/1 @8", "DELETED b/2 @9"]],
  [
    { predicate, resourceVersion: "3" },
    ["ADDED b/1 @4", "DELETED a/1 @5", "DELETED a/2 @6", "ADDED b/2 @7"],
    [],
    ["DELETED b/1 @8", "DELETED b/2 @9"],
  ],
  [
    { predicate, selector, resourceVersion: "3" },
    ["ADDED b/1 @4", "DELETED a/1 @5", "DELETED a/2 @6", "ADDED b/2 @7"],
    [],
    ["DELETED b/1 @8", "DELETED b/2 @9"],
  ],
];

describe.each([
  ["the ring", true, {}],
  ["the ring, remote backend", false, {}],
  ["the backend's history", true, { ring: { minEvents: 1, maxEvents: 50, maxBytes: 1 << 20, freshMilliseconds: 0 } }],
])("upstream's table of watches, from %s", (_, embedded, setup) => {
  test.each(rows)("%j", async (options, atStart, bookmarks = [], live = LIVE) => {
    const storage = await WrappedStorage.open(embedded);
    const store = await startStore(storage, setup);
    await history(store);
    const probe = await WatchProbe.start(store, { allowBookmarks: true, ...options });
    expect(probe.lines).toEqual(atStart);
    expect(probe.bookmarks).toEqual(bookmarks);
    await put(store, "b/1", { k: "gone" });
    await drop(store, "b/2");
    expect(probe.lines.slice(atStart.length)).toEqual(live);
    expect(probe.ends).toEqual([]);
    probe.watch?.bookmark();
    const future = Number(options.resourceVersion ?? 0) > 9;
    const wants = options.allowBookmarks !== false && !future;
    expect(probe.bookmarks.slice(bookmarks.length)).toEqual(wants ? ["9"] : []);
    store.stop();
  });
});

test("the state of a revision to come is a 504, a watch from before the compaction a 410 in upstream's words", async () => {
  const storage = await WrappedStorage.open();
  const first = await startStore(storage);
  await history(first);
  const store = await startStore(storage, { freshMilliseconds: 10 });
  const future = { sendInitialEvents: true, resourceVersion: "8" } as const;
  await expect(WatchProbe.start(store, future)).rejects.toMatchObject({
    status: { code: 504, reason: "Timeout", details: { causes: [{ reason: "ResourceVersionTooLarge" }] } },
  });
  await storage.compact(6);
  await expect(WatchProbe.start(store, { resourceVersion: "3" })).rejects.toMatchObject({
    status: { code: 410, reason: "Expired", message: "too old resource version: 3 (6)" },
  });
  // The first one still has the events.
  expect((await WatchProbe.start(first, { resourceVersion: "3" })).lines).toEqual(AFTER_3);
  expect((await WatchProbe.start(store, { resourceVersion: "6" })).lines).toEqual(AFTER_3.slice(3));
  first.stop();
  store.stop();
});

test("a watch of an idle resource is told by bookmarks how far the store has come", async () => {
  const storage = await WrappedStorage.open(false);
  const store = await startStore(storage);
  const probe = await WatchProbe.start(store, { allowBookmarks: true });
  for (let n = 0; n < 3; n++) {
    await storage.memory.commit([{ type: "put", key: "/registry/other/x", value: Buffer.from(`{"n":${n}}`) }]);
  }
  probe.watch?.bookmark();
  expect([probe.lines, probe.bookmarks]).toEqual([[], ["4"]]);
  // It needs no progress of its own to be read at the newest revision.
  expect((await store.list({ namespace: "", limit: 0 })).revision).toBe(4);
  store.stop();
});
