import { StatusError } from "@quarterdeck/meta";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drop, lines, listOptions, put, startStore } from "../test/fixture.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { ListOptions, ListPage, ResourceStore } from "./resource-store.js";

function token(content: unknown): string {
  return Buffer.from(typeof content === "string" ? content : JSON.stringify(content)).toString("base64url");
}

async function failure(promise: Promise<unknown>): Promise<StatusError> {
  const error: unknown = await promise.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (StatusError.is(error)) return error;
  throw error;
}

async function pages(store: ResourceStore, options: Partial<ListOptions>): Promise<ListPage[]> {
  const all: ListPage[] = [await store.list(listOptions(options))];
  for (;;) {
    const continueToken = all.at(-1)?.continueToken;
    if (continueToken === undefined) return all;
    all.push(await store.list(listOptions({ ...options, resourceVersion: undefined, continueToken })));
  }
}

async function five(store: ResourceStore): Promise<number> {
  for (const path of ["a/1", "a/2", "b/1", "b/2", "b/3"]) await put(store, path, { n: path.slice(2) });
  return (await store.list(listOptions())).revision;
}

const NO_SNAPSHOT = { snapshots: { maxSnapshots: 0, idleMilliseconds: 1 } };
const NO_RING = { ring: { minEvents: 0, maxEvents: 0, maxBytes: 0, freshMilliseconds: 0 } };

test("lists all, a namespace, one name, in key order", async () => {
  const store = await startStore(await WrappedStorage.open());
  await five(store);
  const list = async (options: Partial<ListOptions>) => lines((await store.list(listOptions(options))).items);
  expect(await list({})).toEqual(["a/1 @2", "a/2 @3", "b/1 @4", "b/2 @5", "b/3 @6"]);
  expect(await list({ namespace: "a" })).toEqual(["a/1 @2", "a/2 @3"]);
  expect(await list({ namespace: "b", name: "3" })).toEqual(["b/3 @6"]);
  expect(await list({ name: "1" })).toEqual(["a/1 @2", "b/1 @4"]);
  expect(await list({ namespace: "none" })).toEqual([]);
  expect(await list({ namespace: "b", predicate: ({ name }) => name !== "2" })).toEqual(["b/1 @4", "b/3 @6"]);
});

test("names are ordered by their UTF-8 bytes", async () => {
  const store = await startStore(await WrappedStorage.open());
  for (const name of ["\u{1F600}", "\uFFFD", "é", "z"]) await put(store, `a/${name}`);
  const { items } = await store.list(listOptions());
  expect(items.map(({ name }) => name)).toEqual(["z", "é", "\uFFFD", "\u{1F600}"]);
  const paged = await pages(store, { namespace: "a", limit: 1 });
  expect(paged.flatMap((page) => page.items)).toEqual(items);
});

test("the first page tells how many remain, and where to go on, as upstream does", async () => {
  const store = await startStore(await WrappedStorage.open());
  const revision = await five(store);
  const page = await store.list(listOptions({ limit: 2 }));
  expect(page).toMatchObject({ revision, remainingItemCount: 3 });
  const decoded = JSON.parse(Buffer.from(page.continueToken ?? "", "base64url").toString());
  expect(decoded).toEqual({ v: "meta.k8s.io/v1", rv: revision, start: "/a/2\u0000" });
  const namespaced = await store.list(listOptions({ namespace: "b", limit: 1 }));
  expect(Buffer.from(namespaced.continueToken ?? "", "base64url").toString()).toBe(
    `{"v":"meta.k8s.io/v1","rv":${revision},"start":"/1\\u0000"}`,
  );
  expect((await store.list(listOptions({ limit: 5 }))).continueToken).toBeUndefined();
});

test("a selector fills its pages and tells no count", async () => {
  const store = await startStore(await WrappedStorage.open());
  await five(store);
  const predicate: ListOptions["predicate"] = ({ name }) => name !== "2";
  const all = await pages(store, { limit: 2, predicate });
  expect(all.map(({ items }) => lines(items))).toEqual([["a/1 @2", "b/1 @4"], ["b/3 @6"]]);
  expect(all.map(({ remainingItemCount }) => remainingItemCount)).toEqual([undefined, undefined]);
});

test("resourceVersion 0 ignores a limit", async () => {
  const store = await startStore(await WrappedStorage.open());
  await five(store);
  const page = await store.list(listOptions({ limit: 2, resourceVersion: "0" }));
  expect(page.items.length).toBe(5);
  expect(page.continueToken).toBeUndefined();
});

describe.each([
  ["pinned state", {}],
  ["rewound state", NO_SNAPSHOT],
  ["backend history", { ...NO_SNAPSHOT, ...NO_RING }],
])("an old state from the %s", (_, options) => {
  test("an exact list and all pages of a list do not see later writes", async () => {
    const storage = await WrappedStorage.open();
    const store = await startStore(storage, options);
    const revision = await five(store);
    const before = lines((await store.list(listOptions())).items);
    const first = await store.list(listOptions({ limit: 2 }));
    await drop(store, "b/1");
    await put(store, "b/2", { n: "changed" });
    await put(store, "b/2a");
    const exact = await store.list(listOptions({ resourceVersion: String(revision), resourceVersionMatch: "Exact" }));
    expect(lines(exact.items)).toEqual(before);
    expect(exact.revision).toBe(revision);
    const second = await store.list(listOptions({ limit: 2, continueToken: first.continueToken }));
    expect(lines(second.items)).toEqual(["b/1 @4", "b/2 @5"]);
    expect(second).toMatchObject({ revision, remainingItemCount: 1 });
    const third = await store.list(listOptions({ limit: 2, continueToken: second.continueToken }));
    expect(lines(third.items)).toEqual(["b/3 @6"]);
    expect(third.continueToken).toBeUndefined();
    const legacy = await pages(store, { limit: 3, resourceVersion: String(revision) });
    expect(legacy.flatMap(({ items }) => lines(items))).toEqual(before);
    const newer = await store.list(
      listOptions({ resourceVersion: String(revision), resourceVersionMatch: "NotOlderThan" }),
    );
    expect(lines(newer.items)).toEqual(["a/1 @2", "a/2 @3", "b/2 @8", "b/2a @9", "b/3 @6"]);
  });
});

test("a compacted continue token is a 410 with one that goes on inconsistently", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage, { ...NO_SNAPSHOT, ...NO_RING });
  const revision = await five(store);
  const { continueToken } = await store.list(listOptions({ namespace: "b", limit: 1 }));
  const { revision: newest } = await put(store, "b/9");
  await storage.compact(newest);
  const { status } = await failure(store.list(listOptions({ namespace: "b", limit: 1, continueToken })));
  expect(status).toMatchObject({ code: 410, reason: "Expired" });
  expect(status.message).toMatch(/^The provided continue parameter is too old to display a consistent list result\./);
  const rest = await store.list(listOptions({ namespace: "b", continueToken: status.metadata.continue }));
  expect(lines(rest.items)).toEqual(["b/2 @5", "b/3 @6", `b/9 @${newest}`]);
  expect(rest.revision).toBe(newest);
  const exact = listOptions({ resourceVersion: String(revision), resourceVersionMatch: "Exact" });
  expect((await failure(store.list(exact))).status).toMatchObject({
    code: 410,
    message: "The resourceVersion for the provided list is too old.",
  });
});

test("continue forbids a resourceVersion other than 0", async () => {
  const store = await startStore(await WrappedStorage.open());
  await five(store);
  const { continueToken } = await store.list(listOptions({ limit: 1 }));
  const { status } = await failure(store.list(listOptions({ limit: 1, continueToken, resourceVersion: "3" })));
  expect(status).toMatchObject({
    code: 400,
    message: "specifying resource version is not allowed when using continue",
  });
  expect((await store.list(listOptions({ limit: 1, continueToken, resourceVersion: "0" }))).items.length).toBe(1);
});

const v = "meta.k8s.io/v1";

test.each([
  ["!!", "illegal base64 data at input byte 0"],
  ["AAAAA", "illegal base64 data at input byte 5"],
  [token("nonsense"), "holds no JSON"],
  [token([]), "holds no JSON object"],
  [token({ v: "v2", rv: 1, start: "/a/b\0" }), "server does not recognize this encoded version v2"],
  [token({ v, start: "/a/b\0" }), "incorrect encoded start resourceVersion (version meta.k8s.io/v1)"],
  [token({ v, rv: 0, start: "/a/b\0" }), "incorrect encoded start resourceVersion"],
  [token({ v, rv: 1.5, start: "/a/b\0" }), "not an integer"],
  [token({ v, rv: "1", start: "/a/b\0" }), "not an integer"],
  [token({ v, rv: 1e300, start: "/a/b\0" }), "not an integer"],
  [token({ v, rv: 1, start: "" }), "encoded start key empty (version meta.k8s.io/v1)"],
  [token({ v, rv: 1 }), "encoded start key empty"],
  [token({ v, rv: 1, start: 7 }), ""],
  [token({ v, rv: 1, start: "/a/b" }), ""],
  [token({ v, rv: 1, start: "/a/../../secrets/x\0" }), ""],
  [token({ v, rv: 1, start: "/../b\0" }), ""],
  [token({ v, rv: 1, start: "/a/..\0" }), ""],
  [token({ v, rv: 1, start: "//b\0" }), ""],
  [token({ v, rv: 1, start: "/b\0" }), ""],
  [token({ v, rv: 1, start: "/a/b/c\0" }), ""],
  [token({ v, rv: 1, start: "/a/b\0\0" }), ""],
])("the token %j is refused", async (continueToken, message) => {
  const store = await startStore(await WrappedStorage.open());
  const { status } = await failure(store.list(listOptions({ limit: 1, continueToken })));
  expect(status).toMatchObject({ code: 400, reason: "BadRequest" });
  expect(status.message).toContain("invalid continue token: continue key is not valid");
  expect(status.message).toContain(message);
});

test("a token of another scope is refused, one from the future waits in vain", async () => {
  const store = await startStore(await WrappedStorage.open(), { freshMilliseconds: 5 });
  await five(store);
  const { continueToken } = await store.list(listOptions({ limit: 1 }));
  expect((await failure(store.list(listOptions({ namespace: "b", continueToken })))).code).toBe(400);
  const future = token({ v, rv: 123456, start: "/a/b\0" });
  expect((await failure(store.list(listOptions({ continueToken: future })))).code).toBe(504);
});

test("whatever a token says, a list stays inside its scope", async () => {
  const storage = await WrappedStorage.open();
  await storage.commit([{ type: "put", key: "/registry/secrets/a/s", value: Buffer.from("{}") }]);
  const store = await startStore(storage, { freshMilliseconds: 5 });
  await five(store);
  const start = fc.oneof(
    fc.string({ unit: fc.constantFrom("/", ".", "a", "b", "\0", "~", "\u{1F600}") }).map((text) => `${text}\0`),
    fc.string({ unit: "binary" }),
  );
  const revision = fc.integer({ min: -2, max: 8 });
  await fc.assert(
    fc.asyncProperty(start, revision, async (text, rv) => {
      const continueToken = token({ v, rv, start: text });
      try {
        const { items } = await store.list(listOptions({ namespace: "b", continueToken }));
        expect(items.every(({ key }) => key.startsWith("/registry/configmaps/b/"))).toBe(true);
      } catch (error) {
        if (!StatusError.is(error)) throw error;
        expect([400, 410, 504]).toContain(error.code);
      }
    }),
    { numRuns: 300 },
  );
});

test("pages under concurrent writes are the state of one revision", async () => {
  const write = fc.record({ path: fc.constantFrom("a/1", "a/2", "b/1", "b/2", "b/3", "c/1"), drop: fc.boolean() });
  const setups = fc.constantFrom({}, NO_SNAPSHOT, { ...NO_SNAPSHOT, ...NO_RING });
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      setups,
      async (writes, limit, setup) => {
        const store = await startStore(await WrappedStorage.open(), setup);
        await five(store);
        const before = await store.list(listOptions());
        const paged: string[] = [];
        let continueToken: string | undefined;
        const queue = [...writes];
        do {
          const page: ListPage = await store.list(listOptions({ limit, continueToken }));
          expect(page.revision).toBe(before.revision);
          paged.push(...lines(page.items));
          continueToken = page.continueToken;
          for (const { path, drop: away } of queue.splice(0, 3)) {
            const [namespace = "", name = ""] = path.split("/");
            if (!away) await put(store, path);
            else if (store.peek({ namespace, name }) !== undefined) await drop(store, path);
          }
        } while (continueToken !== undefined);
        expect(paged).toEqual(lines(before.items));
        store.stop();
      },
    ),
    { numRuns: 200 },
  );
});
