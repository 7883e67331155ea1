import { StatusError } from "@quarterdeck/meta";
import { StorageUnavailableError } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { configMap, drop, lines, listOptions, put, startStore, until, written } from "../test/fixture.js";
import { WrappedStorage } from "../test/wrapped-storage.js";

const place = { namespace: "default", name: "a" };

async function statusOf(promise: Promise<unknown>): Promise<StatusError["status"]> {
  const error: unknown = await promise.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (StatusError.is(error)) return error.status;
  throw error;
}

describe.each([true, false])("reads and writes, embedded backend: %s", (embedded) => {
  test("a write is read back with the resourceVersion in its bytes", async () => {
    const store = await startStore(await WrappedStorage.open(embedded));
    const created = written(await store.create(place, configMap("default", "a", { k: "1" })));
    const read = await store.get(place, {});
    expect(read?.bytes.toString()).toBe(
      `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","namespace":"default","resourceVersion":"${created.revision}","labels":{"k":"1"}},"data":{"k":"1"}}`,
    );
    expect(JSON.parse(created.bytes.toString())).toEqual(created.object);
    expect(read?.object).toEqual(created.object);
    expect(read).toMatchObject({ namespace: "default", name: "a", createRevision: created.revision });
    store.stop();
  });

  test("compare and swap: the loser learns what stands there", async () => {
    const store = await startStore(await WrappedStorage.open(embedded));
    const first = await put(store, "default/a", { k: "1" });
    expect(await store.create(place, configMap("default", "a"))).toMatchObject({
      conflict: { revision: first.revision },
    });
    const second = await put(store, "default/a", { k: "2" });
    expect(second.createRevision).toBe(first.revision);
    expect(await store.replace(first, configMap("default", "a"))).toMatchObject({
      conflict: { revision: second.revision },
    });
    expect(await store.remove(first)).toMatchObject({ conflict: { revision: second.revision } });
    const gone = written(await store.remove(second));
    expect(gone.revision).toBeGreaterThan(second.revision);
    expect(JSON.parse(gone.bytes.toString())).toMatchObject({
      metadata: { resourceVersion: String(gone.revision) },
      data: { k: "2" },
    });
    expect(await store.remove(second)).toEqual({ conflict: undefined });
    expect(await store.get(place, {})).toBeUndefined();
    store.stop();
  });

  test("many writers of one key: each gets the state of its own commit", async () => {
    const store = await startStore(await WrappedStorage.open(embedded));
    const bump = async (id: number): Promise<void> => {
      for (;;) {
        const current = await store.get(place, {});
        const object = configMap("default", "a", { by: String(id) });
        const result = await (current ? store.replace(current, object) : store.create(place, object));
        if ("conflict" in result) continue;
        expect(result.written.object).toMatchObject({ data: { by: String(id) } });
        return;
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, id) => bump(id)));
    store.stop();
  });
});

test("with an embedded backend a write is parsed and spliced once", async () => {
  const store = await startStore(await WrappedStorage.open());
  const object = configMap("default", "a");
  const created = written(await store.create(place, object));
  const read = await store.get(place, {});
  expect(read).toBe(created);
  expect(read?.object).toBe(object);
  expect(read?.bytes).toBe(created.bytes);
  expect(object.metadata.resourceVersion).toBe(String(created.revision));
});

test("an unset resourceVersion waits for a backend that is ahead of its watch, 0 does not", async () => {
  const storage = await WrappedStorage.open(false);
  const store = await startStore(storage, { freshMilliseconds: 5000 });
  storage.hold();
  await store.create(place, configMap("default", "a"));
  expect(await store.get(place, { resourceVersion: "0" })).toBeUndefined();
  const reading = Promise.all([store.get(place, {}), store.list(listOptions())]);
  await new Promise((resolve) => setImmediate(resolve));
  storage.release();
  const [read, { items }] = await reading;
  expect(read?.name).toBe("a");
  expect(items).toEqual([read]);
});

test("reads that come together share one question, one that comes later is answered by a later one", async () => {
  const storage = await WrappedStorage.open(false);
  const store = await startStore(storage, { freshMilliseconds: 5000 });
  const asked = storage.calls.currentRevision;
  let answer = (): void => undefined;
  storage.answerGate = new Promise((resolve) => (answer = resolve));
  const reads = Array.from({ length: 50 }, () => store.get(place, {}));
  reads.push(store.list(listOptions()).then(({ items }) => items[0]));
  await until(() => storage.calls.currentRevision > asked);
  // The question that is under way was answered before this write.
  storage.hold();
  await store.create(place, configMap("default", "a"));
  const later = [store.get(place, {}), store.get(place, {})];
  await until(() => storage.calls.currentRevision > asked + 1);
  answer();
  expect(await Promise.all(reads)).toEqual(reads.map(() => undefined));
  storage.release();
  expect((await Promise.all(later)).map((object) => object?.name)).toEqual(["a", "a"]);
  expect(storage.calls.currentRevision).toBe(asked + 2);
  store.stop();
});

test("a backend that does not answer makes a consistent read a 504, any other read is answered", async () => {
  const storage = await WrappedStorage.open(false);
  const store = await startStore(storage, { freshMilliseconds: 5 });
  await put(store, "default/a");
  storage.answerGate = new Promise(() => undefined);
  const expected = { code: 504, reason: "Timeout", details: { retryAfterSeconds: 1 } };
  for (let n = 0; n < 6; n++) expect(await statusOf(store.get(place, {}))).toMatchObject(expected);
  expect(await statusOf(store.list(listOptions()))).toMatchObject(expected);
  expect(storage.calls.currentRevision).toBeLessThan(10);
  expect((await store.get(place, { resourceVersion: "2" }))?.name).toBe("a");
  store.stop();
});

test("a revision that does not come in time is a 504 as upstream words it", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage, { freshMilliseconds: 5 });
  const current = (await put(store, "default/a")).revision;
  const expected = {
    code: 504,
    reason: "Timeout",
    message: `Timeout: Too large resource version: 99999999, current: ${current}`,
    details: {
      causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
      retryAfterSeconds: 1,
    },
  };
  expect(await statusOf(store.get(place, { resourceVersion: "99999999" }))).toMatchObject(expected);
  expect(await statusOf(store.list(listOptions({ resourceVersion: "99999999" })))).toMatchObject(expected);
  const huge = await statusOf(store.get(place, { resourceVersion: "18446744073709551615" }));
  expect(huge.message).toContain("Too large resource version: 18446744073709551");
});

test("a revision that comes in time is waited for, also when another resource makes it", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage, { freshMilliseconds: 5000 });
  const { revision } = await put(store, "default/a");
  const reading = store.get(place, { resourceVersion: String(revision + 1) });
  await storage.commit([{ type: "put", key: "/registry/other/x", value: Buffer.from("{}") }]);
  expect((await reading)?.revision).toBe(revision);
});

test("a wait ends with the signal", async () => {
  const store = await startStore(await WrappedStorage.open(), { freshMilliseconds: 60_000 });
  const abort = new AbortController();
  const reading = store.get(place, { resourceVersion: "99999", signal: abort.signal });
  abort.abort(new Error("the client left"));
  await expect(reading).rejects.toThrow("the client left");
});

test.each(["abc", "-1", "+1", "1.5", " 1", "18446744073709551616"])(
  "resourceVersion %j is a 400",
  async (resourceVersion) => {
    const store = await startStore(await WrappedStorage.open());
    const status = await statusOf(store.get(place, { resourceVersion }));
    expect(status).toMatchObject({ code: 400, reason: "BadRequest" });
    expect(status.message).toMatch(
      /^invalid resource version: resourceVersion: Invalid value: ".*": strconv\.ParseUint/,
    );
    const other = { ...listOptions(), allowBookmarks: false, onChange() {}, onBookmark() {}, onEnd() {} };
    expect((await statusOf(store.watch({ ...other, resourceVersion }))).code).toBe(400);
    expect((await statusOf(store.list(listOptions({ resourceVersion })))).code).toBe(400);
  },
);

test.each(["..", ".", "", "a/b", "a\0"])("a name %j never becomes a key", async (name) => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  expect((await statusOf(store.get({ namespace: "default", name }, {}))).code).toBe(400);
  expect((await statusOf(store.create({ namespace: "default", name }, configMap("default", "a")))).code).toBe(400);
  expect((await statusOf(store.get({ namespace: name, name: "a" }, {}))).code).toBe(400);
  expect(store.peek({ namespace: "default", name })).toBeUndefined();
  expect((await storage.range({ prefix: "/" })).count).toBe(0);
});

test("failures of the backend are told as a client understands them", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  const large = configMap("default", "a", { k: "x".repeat(2 * 1024 * 1024) });
  expect(await statusOf(store.create(place, large))).toMatchObject({ code: 413, reason: "RequestEntityTooLarge" });
  storage.failure = new StorageUnavailableError("connection refused to 10.0.0.1");
  const unavailable = await statusOf(store.create(place, configMap("default", "a")));
  expect(unavailable).toMatchObject({ code: 503, reason: "ServiceUnavailable", details: { retryAfterSeconds: 1 } });
  expect(unavailable.message).not.toContain("10.0.0.1");
});

test("a TTL ends in an ordinary delete", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  await store.create(place, configMap("default", "a"), { ttlSeconds: 1 });
  expect(store.size).toBe(1);
  await until(() => store.size === 0);
});

test("a dry run is encoded as it would be sent, and leaves no trace", async () => {
  const store = await startStore(await WrappedStorage.open());
  expect(store.encode(place, configMap("default", "a")).bytes.toString()).not.toContain("resourceVersion");
  const object = configMap("default", "a");
  object.metadata.resourceVersion = "17";
  expect(JSON.parse(store.encode(place, object).bytes.toString())).toMatchObject({
    metadata: { resourceVersion: "17" },
  });
  expect(store.size).toBe(0);
});

test("bytes that another program wrote are served with a resourceVersion", async () => {
  const storage = await WrappedStorage.open();
  const value = Buffer.from('{"metadata":{"name":"a","namespace":"default"},"apiVersion":"v1","kind":"ConfigMap"}');
  await storage.commit([{ type: "put", key: "/registry/configmaps/default/a", value }]);
  await storage.commit([{ type: "put", key: "/registry/configmaps/stray", value }]);
  const store = await startStore(storage);
  expect((await store.get(place, {}))?.object.metadata.resourceVersion).toBe("2");
  expect(store.size).toBe(1);
});

test("listers see the cache", async () => {
  const store = await startStore(await WrappedStorage.open());
  await put(store, "b/x");
  await put(store, "a/x");
  await put(store, "a/y");
  await drop(store, "a/y");
  expect(lines(store.peekAll(""))).toEqual(["a/x @3", "b/x @2"]);
  expect(lines(store.peekAll("b"))).toEqual(["b/x @2"]);
  expect(store.peek({ namespace: "a", name: "y" })).toBeUndefined();
});
