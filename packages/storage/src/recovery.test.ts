import { StorageUnavailableError } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { configMap, drop, listOptions, put, startStore, until } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";

const down = new StorageUnavailableError("connection lost");

describe.each([true, false])("a backend watch that ends, embedded: %s", (embedded) => {
  test("watchers are told exactly the difference, in order", async () => {
    const storage = await WrappedStorage.open(embedded);
    const store = await startStore(storage);
    for (const path of ["a/changed", "a/deleted", "a/recreated", "a/same"]) await put(store, path);
    const { revision } = await store.list(listOptions());
    const probe = await WatchProbe.start(store, { sendInitialEvents: false });
    const selecting = await WatchProbe.start(store, {
      predicate: ({ object }) => object.metadata.labels?.k === "v",
    });
    storage.failure = down;
    storage.breakWatches(down);
    storage.failure = undefined;
    const other = await startStore(storage);
    await put(other, "a/changed", { k: "v" });
    await drop(other, "a/recreated");
    await put(other, "a/recreated");
    await put(other, "a/created");
    const { revision: last } = await drop(other, "a/deleted");
    await until(() => probe.lines.length >= 5);
    expect(probe.lines).toEqual([
      `MODIFIED a/changed @${revision + 1}`,
      `DELETED a/recreated @${revision + 2}`,
      `ADDED a/recreated @${revision + 3}`,
      `ADDED a/created @${revision + 4}`,
      `DELETED a/deleted @${last}`,
    ]);
    expect(selecting.lines).toEqual([`ADDED a/changed @${revision + 1}`]);
    const replayed = await WatchProbe.start(store, { resourceVersion: String(revision) });
    expect(replayed.lines).toEqual(probe.lines);
    const after = await put(other, "a/after");
    await until(() => probe.lines.length >= 6);
    expect(probe.lines.at(-1)).toBe(`ADDED a/after @${after.revision}`);
    store.stop();
    other.stop();
  });

  test("meanwhile a consistent read is a 503, any state is still served, and it tries until it works", async () => {
    const storage = await WrappedStorage.open(embedded);
    const store = await startStore(storage);
    await put(store, "a/1");
    storage.failure = down;
    storage.breakWatches(down);
    const place = { namespace: "a", name: "1" };
    const unavailable = { status: { code: 503, reason: "ServiceUnavailable", details: { retryAfterSeconds: 1 } } };
    await expect(store.get(place, {})).rejects.toMatchObject(unavailable);
    await expect(store.list(listOptions())).rejects.toMatchObject(unavailable);
    expect((await store.get(place, { resourceVersion: "0" }))?.revision).toBe(2);
    expect((await store.list(listOptions({ resourceVersion: "2" }))).items.length).toBe(1);
    const tries = storage.calls.range;
    await until(() => storage.calls.range > tries + 2);
    storage.failure = undefined;
    await until(() => storage.calls.watch >= 2);
    await new Promise((resolve) => setImmediate(resolve));
    expect((await store.get(place, {}))?.revision).toBe(2);
    store.stop();
  });
});

test("a store that went back in time ends all watches", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  for (const path of ["a/1", "a/2", "a/3"]) await put(store, path);
  const probe = await WatchProbe.start(store);
  await storage.memory.close();
  await storage.memory.open();
  const value = Buffer.from(JSON.stringify(configMap("a", "restored")));
  await storage.commit([{ type: "put", key: "/registry/configmaps/a/restored", value }]);
  storage.breakWatches(down);
  await until(() => probe.ends.length > 0);
  expect(probe.ends[0]).toMatchObject({ status: { code: 410, reason: "Expired" } });
  expect(store.peekAll("").map(({ name }) => name)).toEqual(["restored"]);
  store.stop();
});

test("a store that is stopped while it watches again stays stopped", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  let open = (): void => undefined;
  storage.gate = new Promise((resolve) => (open = resolve));
  storage.breakWatches(down);
  await until(() => storage.calls.watch >= 2);
  store.stop();
  open();
  await new Promise((resolve) => setImmediate(resolve));
  expect(storage.openWatches).toBe(0);
  await expect(store.get({ namespace: "a", name: "1" }, {})).rejects.toMatchObject({ status: { code: 503 } });
});
