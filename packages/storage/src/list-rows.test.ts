import { StatusError } from "@quarterdeck/meta";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drop, lines, listOptions, put, startStore } from "../test/fixture.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { ListOptions, ListPage, ResourceStore } from "./resource-store.js";

/** Revisions 2 to 7: a/1, a/2, b/1 created, a/1 changed, a/2 deleted, b/2 created. Revision 8 is of another resource. */
async function history(storage: WrappedStorage, options = {}): Promise<ResourceStore> {
  const store = await startStore(storage, { freshMilliseconds: 20, ...options });
  for (const path of ["a/1", "a/2", "b/1", "a/1"]) await put(store, path);
  await drop(store, "a/2");
  await put(store, "b/2");
  await storage.memory.commit([{ type: "put", key: "/registry/other/x", value: Buffer.from("{}") }]);
  return store;
}

const NOW = ["a/1 @5", "b/1 @4", "b/2 @7"];
const AT_4 = ["a/1 @2", "a/2 @3", "b/1 @4"];

/** What is asked; what is told, at which revision, whether more remain, and how many. */
type Row = [Partial<ListOptions>, string[], number, number?];
const rows: Row[] = [
  [{}, NOW, 8],
  [{ limit: 2 }, NOW.slice(0, 2), 8, 1],
  [{ resourceVersion: "0" }, NOW, 8],
  [{ resourceVersion: "0", limit: 1 }, NOW, 8],
  [{ resourceVersion: "0", resourceVersionMatch: "NotOlderThan", limit: 1 }, NOW, 8],
  [{ resourceVersion: "4" }, NOW, 8],
  [{ resourceVersion: "4", resourceVersionMatch: "NotOlderThan" }, NOW, 8],
  [{ resourceVersion: "4", resourceVersionMatch: "NotOlderThan", limit: 1 }, NOW.slice(0, 1), 8, 2],
  [{ resourceVersion: "4", resourceVersionMatch: "Exact" }, AT_4, 4],
  [{ resourceVersion: "4", resourceVersionMatch: "Exact", limit: 1 }, AT_4.slice(0, 1), 4, 2],
  [{ resourceVersion: "4", limit: 1 }, AT_4.slice(0, 1), 4, 2],
  [{ resourceVersion: "8" }, NOW, 8],
  [{ resourceVersion: "8", resourceVersionMatch: "Exact" }, NOW, 8],
  [{ resourceVersion: "1", resourceVersionMatch: "Exact" }, [], 1],
  [{ resourceVersion: "6", resourceVersionMatch: "Exact", namespace: "a" }, ["a/1 @5"], 6],
  [{ resourceVersion: "4", resourceVersionMatch: "Exact", namespace: "a", limit: 1 }, ["a/1 @2"], 4, 1],
  [{ namespace: "none" }, [], 8],
];
const expired = { code: 410, reason: "Expired", message: "The resourceVersion for the provided list is too old." };

describe.each([
  ["embedded", true],
  ["remote", false],
])("upstream's table of resourceVersion, resourceVersionMatch and limit, %s backend", (_, embedded) => {
  test.each(rows)("%j", async (options, expected, revision, remaining) => {
    const storage = await WrappedStorage.open(embedded);
    const store = await history(storage);
    const { range, get, watch } = storage.calls;
    const page = await store.list(listOptions(options));
    expect(lines(page.items)).toEqual(expected);
    expect(page.revision).toBe(revision);
    expect([page.remainingItemCount, page.continueToken === undefined]).toEqual([remaining, remaining === undefined]);
    // All from memory.
    expect(storage.calls).toMatchObject({ range, get, watch });
    const past = { ring: { minEvents: 0, maxEvents: 0, maxBytes: 0, freshMilliseconds: 0 } };
    const forgetful = await startStore(storage, { freshMilliseconds: 20, ...past });
    expect(lines((await forgetful.list(listOptions(options))).items)).toEqual(expected);
    store.stop();
    forgetful.stop();
  });

  test("a revision to come is a 504, one that is compacted a 410 unless the cache still has it", async () => {
    const storage = await WrappedStorage.open(embedded);
    const store = await history(storage);
    for (const match of [undefined, "NotOlderThan", "Exact"] as const) {
      const options = listOptions({ resourceVersion: "9", resourceVersionMatch: match });
      expect(await statusOf(store.list(options))).toMatchObject({ code: 504, details: { retryAfterSeconds: 1 } });
    }
    await storage.compact(7);
    const exact = listOptions({ resourceVersion: "4", resourceVersionMatch: "Exact" });
    expect(lines((await store.list(exact)).items)).toEqual(AT_4);
    const later = await startStore(storage);
    expect(await statusOf(later.list(exact))).toMatchObject(expired);
    store.stop();
    later.stop();
  });
});

async function statusOf(promise: Promise<unknown>): Promise<StatusError["status"]> {
  const error: unknown = await promise.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (StatusError.is(error)) return error.status;
  throw error;
}

const write = fc.record({
  path: fc.constantFrom("a/1", "a/2", "a/3", "b/1", "b/2", "b/3", "c/1"),
  action: fc.constantFrom("put", "put", "drop"),
  label: fc.constantFrom("in", "out"),
});

async function take(store: ResourceStore, one: { path: string; action: string; label: string }): Promise<void> {
  const [namespace = "", name = ""] = one.path.split("/");
  if (one.action === "put") await put(store, one.path, { k: one.label });
  else if ((await store.get({ namespace, name }, {})) !== undefined) await drop(store, one.path);
}

test("pages are one revision's state, until it is compacted; then a list goes on with the newest, in order", async () => {
  const setups = fc.constantFrom(
    {},
    { snapshots: { maxSnapshots: 1, idleMilliseconds: 1 } },
    {
      snapshots: { maxSnapshots: 0, idleMilliseconds: 1 },
      ring: { minEvents: 1, maxEvents: 3, maxBytes: 1 << 20, freshMilliseconds: 0 },
    },
  );
  const predicate: ListOptions["predicate"] = ({ labels }) => labels.k === "in";
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { minLength: 1, maxLength: 15 }),
      fc.array(fc.array(fc.oneof({ weight: 5, arbitrary: write }, fc.constant("compact" as const)), { maxLength: 3 }), {
        maxLength: 8,
      }),
      fc.constantFrom({}, { namespace: "a" }, { predicate }, { namespace: "b", predicate }),
      fc.integer({ min: 1, max: 4 }),
      setups,
      fc.boolean(),
      async (before, between, where, limit, setup, embedded) => {
        const storage = await WrappedStorage.open(embedded);
        const store = await startStore(storage, setup);
        for (const one of before) await take(store, one);
        const start = await store.list(listOptions(where));
        const paged: string[] = [];
        const keys: string[] = [];
        let inconsistent = false;
        let newest: string[] = [];
        let page: ListPage = await store.list(listOptions({ ...where, limit }));
        for (const steps of [...between, ...Array.from({ length: 20 }, () => [])]) {
          paged.push(...lines(page.items));
          keys.push(...page.items.map(({ key }) => key));
          if (!inconsistent) {
            expect(page.revision).toBe(start.revision);
            expect(paged).toEqual(lines(start.items).slice(0, paged.length));
          } else expect(newest).toEqual(expect.arrayContaining(lines(page.items)));
          if (page.continueToken === undefined) break;
          for (const step of steps) {
            if (step === "compact") await storage.compact(await storage.memory.currentRevision());
            else await take(store, step);
          }
          const now = lines((await store.list(listOptions(where))).items);
          const next = listOptions({ ...where, limit, continueToken: page.continueToken });
          page = await store.list(next).catch((error: unknown) => {
            if (!StatusError.is(error) || error.code !== 410) throw error;
            inconsistent = true;
            // From here on the pages are those of this state, until it is compacted as well.
            newest = now;
            return store.list({ ...next, continueToken: error.status.metadata.continue });
          });
        }
        expect(page.continueToken).toBeUndefined();
        expect(keys).toEqual([...new Set(keys)].sort());
        if (!inconsistent) expect(paged).toEqual(lines(start.items));
        store.stop();
      },
    ),
    { numRuns: 200 },
  );
});
