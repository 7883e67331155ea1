import { expect, test, vi } from "vitest";
import { put, startStore } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";

test("an aborted signal closes the watch, even in the middle of its start", async () => {
  const store = await startStore(await WrappedStorage.open());
  await put(store, "a/1");
  await put(store, "a/2");
  const abort = new AbortController();
  const probe = new WatchProbe();
  probe.onLine = () => abort.abort();
  await store.watch(probe.options({ signal: abort.signal }));
  await put(store, "a/3");
  expect(probe.lines.length).toBe(1);
  await expect(store.watch(probe.options({ signal: abort.signal }))).rejects.toThrow();
});

test("bookmarks come with the timer, for those who want them, with the revision of the whole store", async () => {
  vi.useFakeTimers();
  try {
    const storage = await WrappedStorage.open();
    const store = await startStore(storage, { bookmarkMilliseconds: 60_000 });
    const probe = await WatchProbe.start(store, { allowBookmarks: true, sendInitialEvents: false });
    const none = await WatchProbe.start(store);
    const future = await WatchProbe.start(store, { allowBookmarks: true, resourceVersion: "1000" });
    await storage.commit([{ type: "put", key: "/registry/other/x", value: Buffer.from("{}") }]);
    vi.advanceTimersByTime(60_000);
    expect(probe.bookmarks).toEqual(["2"]);
    expect(none.bookmarks).toEqual([]);
    none.watch?.bookmark();
    expect([none.bookmarks, future.bookmarks]).toEqual([[], []]);
    probe.watch?.close();
    vi.advanceTimersByTime(60_000);
    expect(probe.bookmarks).toEqual(["2"]);
    store.stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("stopping ends watches without an error and refuses new ones", async () => {
  const store = await startStore(await WrappedStorage.open());
  const probe = await WatchProbe.start(store);
  store.stop();
  expect(probe.ends).toEqual([undefined]);
  await expect(WatchProbe.start(store)).rejects.toMatchObject({ status: { code: 503 } });
  await expect(store.get({ namespace: "a", name: "1" }, {})).rejects.toMatchObject({ status: { code: 503 } });
});

test("before the start nothing is answered", async () => {
  const storage = await WrappedStorage.open();
  const { createResourceStore } = await import("./cached-resource-store.js");
  const descriptor = { keyPrefix: "/registry/configmaps/", namespaced: true, ttlSeconds: undefined };
  const store = createResourceStore({ storage, descriptor });
  const options = { resourceVersion: "0" };
  await expect(store.get({ namespace: "a", name: "1" }, options)).rejects.toMatchObject({ status: { code: 503 } });
  await expect(WatchProbe.start(store)).rejects.toMatchObject({ status: { code: 503 } });
});
