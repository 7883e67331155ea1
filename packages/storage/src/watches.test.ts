import { StatusError } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import { drop, put, startStore, until } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { WatchChange, WatchOptions } from "./resource-store.js";

const SMALL_RING = { ring: { minEvents: 2, maxEvents: 2, maxBytes: 1 << 20, freshMilliseconds: 0 } };

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
