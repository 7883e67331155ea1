import { expect, test } from "vitest";
import { drop, put, startStore, until } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { WatchChange, WatchOptions } from "./resource-store.js";

test("unset and 0 start with the present state, then go on live", async () => {
  const store = await startStore(await WrappedStorage.open());
  await put(store, "a/1");
  await put(store, "b/1");
  for (const resourceVersion of [undefined, "0"]) {
    const probe = await WatchProbe.start(store, { resourceVersion, namespace: "a", allowBookmarks: true });
    expect(probe.lines).toEqual(["ADDED a/1 @2"]);
    expect(probe.bookmarks).toEqual([]);
    probe.watch?.close();
  }
  const live = await WatchProbe.start(store);
  const { revision } = await put(store, "a/1", { k: "v" });
  await drop(store, "b/1");
  expect(live.lines.slice(2)).toEqual([`MODIFIED a/1 @${revision}`, `DELETED b/1 @${revision + 1}`]);
});

test("sendInitialEvents: the state, a marked bookmark, then live; false: live only", async () => {
  const store = await startStore(await WrappedStorage.open());
  await put(store, "a/1");
  const base = { allowBookmarks: true } as const;
  const state = await WatchProbe.start(store, { ...base, sendInitialEvents: true });
  const fromZero = await WatchProbe.start(store, { ...base, sendInitialEvents: true, resourceVersion: "0" });
  const unmarked = await WatchProbe.start(store, { sendInitialEvents: true });
  const live = await WatchProbe.start(store, { ...base, sendInitialEvents: false });
  expect(state.lines).toEqual(["ADDED a/1 @2"]);
  expect(state.bookmarks).toEqual(["2 end"]);
  expect(fromZero.bookmarks).toEqual(["2 end"]);
  expect(unmarked.bookmarks).toEqual([]);
  await put(store, "a/2");
  expect(live.lines).toEqual(["ADDED a/2 @3"]);
  expect(state.lines).toEqual(["ADDED a/1 @2", "ADDED a/2 @3"]);
});

test("sendInitialEvents waits until the cache is as new as the backend", async () => {
  const storage = await WrappedStorage.open(false);
  const store = await startStore(storage, { freshMilliseconds: 5000 });
  storage.hold();
  await put(store, "a/1").catch(() => undefined);
  const starting = WatchProbe.start(store, { sendInitialEvents: true, allowBookmarks: true });
  await new Promise((resolve) => setImmediate(resolve));
  storage.release();
  const probe = await starting;
  expect(probe.lines).toEqual(["ADDED a/1 @2"]);
  expect(probe.bookmarks).toEqual(["2 end"]);
});

test("from a revision: what came after it, then live; a future one waits", async () => {
  const store = await startStore(await WrappedStorage.open());
  await put(store, "a/1");
  await put(store, "a/1", { k: "v" });
  await drop(store, "a/1");
  const probe = await WatchProbe.start(store, { resourceVersion: "2" });
  expect(probe.lines).toEqual(["MODIFIED a/1 @3", "DELETED a/1 @4"]);
  const future = await WatchProbe.start(store, { resourceVersion: "6", allowBookmarks: true });
  for (const path of ["a/2", "a/3", "a/4"]) await put(store, path);
  expect(future.lines).toEqual(["ADDED a/4 @7"]);
  expect(probe.lines.slice(2)).toEqual(["ADDED a/2 @5", "ADDED a/3 @6", "ADDED a/4 @7"]);
});

test("a delete carries the last state with the revision of the delete", async () => {
  const store = await startStore(await WrappedStorage.open());
  const seen: string[] = [];
  const onChange: WatchOptions["onChange"] = (_, change) => seen.push(change.object.bytes.toString());
  await WatchProbe.start(store, { onChange });
  await put(store, "a/1", { k: "v" });
  await drop(store, "a/1");
  await WatchProbe.start(store, { onChange, resourceVersion: "2" });
  expect(seen[1]).toBe(seen[0]?.replace('"resourceVersion":"2"', '"resourceVersion":"3"'));
  expect(seen[2]).toBe(seen[1]);
});

test("a selector sees objects come and go", async () => {
  const store = await startStore(await WrappedStorage.open());
  const data: unknown[] = [];
  const predicate: WatchOptions["predicate"] = ({ object }) => object.metadata.labels?.k === "in";
  const probe = await WatchProbe.start(store, { predicate });
  const observer = await WatchProbe.start(store, {
    predicate,
    onChange: (_, { object }) => data.push([object.object.data, object.object.metadata.resourceVersion]),
  });
  await put(store, "a/1", { k: "out" });
  await put(store, "a/1", { k: "in" });
  await put(store, "a/1", { k: "in", more: "x" });
  await put(store, "a/1", { k: "out" });
  await put(store, "a/1", { k: "in" });
  await drop(store, "a/1");
  await put(store, "a/2", { k: "out" });
  await drop(store, "a/2");
  const expected = ["ADDED a/1 @3", "MODIFIED a/1 @4", "DELETED a/1 @5", "ADDED a/1 @6", "DELETED a/1 @7"];
  expect(probe.lines).toEqual(expected);
  expect(data[2]).toEqual([{ k: "in", more: "x" }, "5"]);
  observer.watch?.close();
  expect((await WatchProbe.start(store, { predicate, resourceVersion: "1" })).lines).toEqual(expected);
});

test("scopes: all, a namespace, a name in one namespace, a name in all", async () => {
  const store = await startStore(await WrappedStorage.open());
  const scopes = [{}, { namespace: "a" }, { namespace: "a", name: "1" }, { name: "1" }];
  const live = await Promise.all(scopes.map((scope) => WatchProbe.start(store, scope)));
  for (const path of ["a/1", "a/2", "b/1", "b/2"]) await put(store, path);
  const expected = [["a/1", "a/2", "b/1", "b/2"], ["a/1", "a/2"], ["a/1"], ["a/1", "b/1"]];
  const paths = (probe: WatchProbe) => probe.lines.map((line) => line.split(" ")[1]);
  expect(live.map(paths)).toEqual(expected);
  for (const start of [{ resourceVersion: "1" }, { resourceVersion: "0" }]) {
    const replayed = await Promise.all(scopes.map((scope) => WatchProbe.start(store, { ...scope, ...start })));
    expect(replayed.map(paths)).toEqual(expected);
  }
  for (const probe of live) probe.watch?.close();
  await put(store, "a/1", { k: "v" });
  expect(live.map(paths)).toEqual(expected);
});

test("an onChange that writes, watches and closes breaks neither order nor completeness", async () => {
  const store = await startStore(await WrappedStorage.open());
  const inner: WatchProbe[] = [];
  const jobs: Promise<unknown>[] = [];
  const outer = new WatchProbe();
  outer.onLine = () => {
    if (outer.lines.length > 3) return;
    jobs.push(put(store, `a/${outer.lines.length}`, { again: "yes" }));
    jobs.push(WatchProbe.start(store, { resourceVersion: "1" }).then((probe) => inner.push(probe)));
  };
  outer.watch = await store.watch(outer.options({}));
  const closing = new WatchProbe();
  closing.onLine = () => closing.watch?.close();
  closing.watch = await store.watch(closing.options({}));
  const observer = await WatchProbe.start(store);
  await put(store, "a/0");
  for (let done = 0; done < jobs.length; done++) await jobs[done];
  expect(closing.lines.length).toBe(1);
  expect(inner.length).toBe(3);
  expect(observer.lines.length).toBe(4);
  for (const probe of [outer, ...inner]) expect(probe.lines).toEqual(observer.lines);
});

test("a batch of several events: a watch started in its middle sees each event once", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  const late = new WatchProbe();
  const state = new WatchProbe();
  const early = new WatchProbe();
  let started: Promise<unknown> | undefined;
  early.onLine = (line) => {
    early.watch?.bookmark();
    if (!line.includes("a/1")) return;
    started = Promise.all(
      ["1", "0"].map((resourceVersion, at) => store.watch((at ? state : late).options({ resourceVersion }))),
    );
  };
  early.watch = await store.watch(early.options({ allowBookmarks: true }));
  const value = Buffer.from('{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x"}}');
  await storage.commit(["1", "2", "3"].map((name) => ({ type: "put", key: `/registry/configmaps/a/${name}`, value })));
  await started;
  expect(early.lines).toEqual(["ADDED a/1 @2", "ADDED a/2 @2", "ADDED a/3 @2"]);
  for (const probe of [late, state]) expect(probe.lines).toEqual(early.lines);
  expect(early.bookmarks).toEqual([]);
  early.watch.bookmark();
  expect(early.bookmarks).toEqual(["2"]);
});

test("a watcher that throws is ended and harms nobody", async () => {
  const store = await startStore(await WrappedStorage.open());
  const broken = await WatchProbe.start(store, {
    onChange: () => {
      throw new Error("broken");
    },
  });
  const probe = await WatchProbe.start(store);
  await put(store, "a/1");
  await put(store, "a/2");
  expect(broken.ends.map((error) => error?.message)).toEqual(["broken"]);
  expect(probe.lines.length).toBe(2);
});

test("frames are shared by all watchers of a change and then dropped", async () => {
  const store = await startStore(await WrappedStorage.open());
  let made = 0;
  const frames: Buffer[] = [];
  const changes: WatchChange[] = [];
  const make = () => Buffer.from(`frame ${++made}`);
  const onChange: WatchOptions["onChange"] = (type, change) => {
    changes.push(change);
    frames.push(change.frame(`json/${type}`, make));
  };
  await WatchProbe.start(store, { onChange });
  await WatchProbe.start(store, { onChange });
  await put(store, "a/1");
  expect(made).toBe(1);
  expect(frames[0]).toBe(frames[1]);
  expect(changes[0]?.frame("json/ADDED", make)).not.toBe(frames[0]);
});

test("a start that is paused until its events have gone is cut off", async () => {
  const ring = { minEvents: 10, maxEvents: 10, maxBytes: 1 << 20, freshMilliseconds: 1e9 };
  const store = await startStore(await WrappedStorage.open(), { ring });
  for (let n = 100; n < 200; n++) await put(store, `a/${n}`);
  let resume = (): void => undefined;
  const drained = () => new Promise<void>((resolve) => (resume = resolve));
  const probe = await WatchProbe.start(store, { drained, sendInitialEvents: true, allowBookmarks: true });
  expect(probe.lines.length).toBeLessThan(100);
  for (let n = 0; n < 20; n++) await put(store, "a/100", { n: String(n) });
  resume();
  await until(() => probe.ends.length > 0);
  expect(probe.bookmarks).toEqual(["101 end"]);
  expect(probe.lines.length).toBe(100);
  expect(probe.ends[0]).toMatchObject({ status: { code: 410, reason: "Expired" } });
});

test("a paused start goes on live without a gap", async () => {
  const store = await startStore(await WrappedStorage.open());
  for (let n = 100; n < 300; n++) await put(store, `a/${n}`);
  let resume: (() => void) | undefined;
  const drained = () =>
    new Promise<void>((resolve) => {
      resume = resolve;
    });
  const probe = await WatchProbe.start(store, { drained, resourceVersion: "0" });
  await put(store, "a/100", { k: "v" });
  for (let n = 0; n < 6; n++) {
    resume?.();
    await new Promise((resolve) => setImmediate(resolve));
    await drop(store, `a/${200 + n}`);
  }
  expect(probe.lines.length).toBe(207);
  expect([...probe.state.keys()].sort()).toEqual(
    store.peekAll("").map(({ namespace, name }) => `${namespace}/${name}`),
  );
});
