import { CompactedError, StorageUnavailableError } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { configMap, listOptions, put, startStore, until } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";

const value = (k: string) => Buffer.from(`{"kind":"ConfigMap","apiVersion":"v1","metadata":{"labels":{"k":"${k}"}}}`);
const down = new StorageUnavailableError("connection lost");

const unavailable = { status: { code: 503, reason: "ServiceUnavailable", details: { retryAfterSeconds: 1 } } };
const place = { namespace: "a", name: "1" };

describe.each([true, false])("a backend watch that ends, embedded: %s", (embedded) => {
  test("is resumed where it stood: every event is told, and nothing is read", async () => {
    const storage = await WrappedStorage.open(embedded);
    const store = await startStore(storage);
    const other = await startStore(storage);
    for (const path of ["a/changed", "a/deleted"]) await put(store, path);
    const { revision } = await store.list(listOptions());
    const probe = await WatchProbe.start(store, { sendInitialEvents: false });
    const selecting = await WatchProbe.start(store, { predicate: ({ labels }) => labels.k === "v" });
    const { range } = storage.calls;
    storage.breakWatches(down);
    await storage.memory.commit([{ type: "put", key: "/registry/configmaps/a/changed", value: value("v") }]);
    await storage.memory.commit([{ type: "put", key: "/registry/configmaps/a/changed", value: value("w") }]);
    await storage.memory.commit([{ type: "put", key: "/registry/configmaps/a/brief", value: value("v") }]);
    await storage.memory.commit([{ type: "delete", key: "/registry/configmaps/a/brief" }]);
    await storage.memory.commit([{ type: "delete", key: "/registry/configmaps/a/deleted" }]);
    await until(() => probe.lines.length >= 5);
    expect(probe.lines).toEqual([
      `MODIFIED a/changed @${revision + 1}`,
      `MODIFIED a/changed @${revision + 2}`,
      `ADDED a/brief @${revision + 3}`,
      `DELETED a/brief @${revision + 4}`,
      `DELETED a/deleted @${revision + 5}`,
    ]);
    expect(selecting.lines).toEqual([
      `ADDED a/changed @${revision + 1}`,
      `DELETED a/changed @${revision + 2}`,
      `ADDED a/brief @${revision + 3}`,
      `DELETED a/brief @${revision + 4}`,
    ]);
    expect(storage.calls.range).toBe(range);
    expect(probe.ends).toEqual([]);
    store.stop();
    other.stop();
  });

  test("when the backend has forgotten what came since, watchers are told exactly the difference, in order", async () => {
    const storage = await WrappedStorage.open(embedded);
    const store = await startStore(storage);
    for (const path of ["a/changed", "a/deleted", "a/recreated", "a/same"]) await put(store, path);
    const { revision } = await store.list(listOptions());
    const probe = await WatchProbe.start(store, { sendInitialEvents: false });
    const selecting = await WatchProbe.start(store, { predicate: ({ labels }) => labels.k === "v" });
    storage.failure = down;
    storage.breakWatches(down);
    const { memory } = storage;
    const key = (name: string) => `/registry/configmaps/a/${name}`;
    await memory.commit([{ type: "put", key: key("changed"), value: value("v") }]);
    await memory.commit([{ type: "put", key: key("brief"), value: value("v") }]);
    await memory.commit([{ type: "delete", key: key("recreated") }]);
    await memory.commit([{ type: "put", key: key("recreated"), value: value("w") }]);
    await memory.commit([{ type: "put", key: key("created"), value: value("w") }]);
    await memory.commit([{ type: "delete", key: key("brief") }]);
    await memory.commit([{ type: "delete", key: key("deleted") }]);
    await memory.compact(revision + 7);
    storage.failure = undefined;
    await until(() => probe.lines.length >= 5);
    expect(probe.lines).toEqual([
      `MODIFIED a/changed @${revision + 1}`,
      `DELETED a/recreated @${revision + 3}`,
      `ADDED a/recreated @${revision + 4}`,
      `ADDED a/created @${revision + 5}`,
      `DELETED a/deleted @${revision + 7}`,
    ]);
    expect(selecting.lines).toEqual([`ADDED a/changed @${revision + 1}`]);
    const replayed = await WatchProbe.start(store, { resourceVersion: String(revision) });
    expect(replayed.lines).toEqual(probe.lines);
    const other = await startStore(storage);
    const after = await put(other, "a/after");
    await until(() => probe.lines.length >= 6);
    expect(probe.lines.at(-1)).toBe(`ADDED a/after @${after.revision}`);
    store.stop();
    other.stop();
  });

  test("meanwhile a consistent read is a 503, any state is still served, watches too, until it works", async () => {
    const storage = await WrappedStorage.open(embedded);
    const store = await startStore(storage);
    await put(store, "a/1");
    storage.failure = down;
    storage.breakWatches(down);
    await expect(store.get(place, {})).rejects.toMatchObject(unavailable);
    await expect(store.list(listOptions())).rejects.toMatchObject(unavailable);
    await expect(WatchProbe.start(store, { sendInitialEvents: true })).rejects.toMatchObject(unavailable);
    expect((await store.get(place, { resourceVersion: "0" }))?.revision).toBe(2);
    expect((await store.list(listOptions({ resourceVersion: "2" }))).items.length).toBe(1);
    const exact = { resourceVersion: "2", resourceVersionMatch: "Exact" } as const;
    expect((await store.list(listOptions(exact))).items.length).toBe(1);
    expect((await WatchProbe.start(store, { resourceVersion: "1" })).lines).toEqual(["ADDED a/1 @2"]);
    expect((await WatchProbe.start(store, { resourceVersion: "0" })).lines).toEqual(["ADDED a/1 @2"]);
    const tries = storage.calls.currentRevision;
    await until(() => storage.calls.currentRevision > tries + 2);
    storage.failure = undefined;
    await until(() => storage.openWatches > 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect((await store.get(place, {}))?.revision).toBe(2);
    store.stop();
  });

  test("a read that comes while it is resumed waits for that", async () => {
    const storage = await WrappedStorage.open(embedded);
    const store = await startStore(storage, { freshMilliseconds: 5000 });
    await put(store, "a/1");
    storage.breakWatches(down);
    await storage.memory.commit([{ type: "put", key: "/registry/configmaps/a/1", value: value("v") }]);
    expect((await store.get(place, {}))?.revision).toBe(3);
    store.stop();
  });
});

test("a watch that ends again and again at one place is not resumed there forever", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  await put(store, "a/1");
  const { range } = storage.calls;
  storage.breakWatches(new Error("cannot tell this event"));
  await until(() => storage.openWatches > 0);
  expect(storage.calls.range).toBe(range);
  storage.breakWatches(new Error("cannot tell this event"));
  await until(() => storage.calls.range > range && storage.openWatches > 0);
  store.stop();
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

test("so does one that was restored from a backup and has gone on from there", async () => {
  const storage = await WrappedStorage.open(false);
  const store = await startStore(storage);
  for (const path of ["a/1", "a/2", "a/3"]) await put(store, path);
  const probe = await WatchProbe.start(store);
  await storage.memory.close();
  await storage.memory.open();
  for (const name of ["1", "2", "other", "another"]) {
    await storage.memory.commit([{ type: "put", key: `/registry/configmaps/a/${name}`, value: value("v") }]);
  }
  storage.breakWatches(new CompactedError(4, 5));
  await until(() => probe.ends.length > 0);
  expect(probe.ends[0]).toMatchObject({ status: { code: 410, reason: "Expired" } });
  expect(store.peekAll("").map(({ name }) => name)).toEqual(["1", "2", "another", "other"]);
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
