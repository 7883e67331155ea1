import { expect, test } from "vitest";
import { CacheState } from "./cache-state.js";
import { SnapshotStore } from "./snapshot-store.js";

test("a snapshot stands for all revisions until the next change; the least used go first", () => {
  const store = new SnapshotStore({ maxSnapshots: 2, idleMilliseconds: 10 });
  const [a, b, c] = [new CacheState(), new CacheState(), new CacheState()];
  store.add({ state: a, from: 5, until: Number.POSITIVE_INFINITY }, 0);
  expect([4, 5, 1000].map((revision) => store.find(revision, 0))).toEqual([undefined, a, a]);
  store.changed(8);
  expect([7, 8].map((revision) => store.find(revision, 0))).toEqual([a, undefined]);
  store.add({ state: b, from: 8, until: Number.POSITIVE_INFINITY }, 1);
  store.find(5, 2);
  store.add({ state: c, from: 1, until: 4 }, 3);
  expect([5, 8, 1].map((revision) => store.find(revision, 3))).toEqual([a, undefined, c]);
  store.find(1, 9);
  store.trim(14);
  expect([store.size, store.find(1, 14)]).toEqual([1, c]);
});
