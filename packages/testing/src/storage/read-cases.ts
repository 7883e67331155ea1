import { FutureRevisionError } from "@quarterdeck/sdk";
import { expect } from "vitest";
import { pairs, put, remove, revisionOf, text } from "./operations.js";
import type { StorageCase } from "./subject.js";

/** What point reads and ranges must answer. */
export const readCases: readonly StorageCase[] = [
  {
    title: "a prefix holds its own keys and no neighbour's",
    async run({ storage }) {
      for (const key of ["/a", "/a/", "/a/1", "/a/2", "/a0", "/ab/1", "/b"]) {
        await put(storage, key, "v");
      }
      const { entries, count, more } = await storage.range({ prefix: "/a/" });
      expect(entries.map((entry) => entry.key)).toEqual(["/a/", "/a/1", "/a/2"]);
      expect({ count, more }).toEqual({ count: 3, more: false });
    },
  },
  {
    title: "pages by after and limit, with more and count",
    async run({ storage }) {
      const keys = Array.from({ length: 25 }, (_, index) => `/p/${String(index).padStart(2, "0")}`);
      await Promise.all([...keys, "/o/x", "/q/x"].map((key) => put(storage, key, "v")));
      const seen: string[] = [];
      const pages: { readonly count: number; readonly more: boolean }[] = [];
      let after: string | undefined;
      for (;;) {
        const page = await storage.range({ prefix: "/p/", limit: 10, ...(after === undefined ? {} : { after }) });
        seen.push(...page.entries.map((entry) => entry.key));
        pages.push({ count: page.count, more: page.more });
        after = seen.at(-1);
        if (!page.more) {
          break;
        }
      }
      expect(seen).toEqual(keys);
      expect(pages).toEqual([
        { count: 25, more: true },
        { count: 15, more: true },
        { count: 5, more: false },
      ]);
      expect(await storage.range({ prefix: "/p/", limit: 25 })).toMatchObject({ count: 25, more: false });
      expect(await storage.range({ prefix: "/p/", after: "/p/24" })).toMatchObject({ entries: [], count: 0 });
    },
  },
  {
    title: "pages that are not counted are the same pages, and say when more follows",
    async run({ storage }) {
      const keys = Array.from({ length: 7 }, (_, index) => `/p/${index}`);
      for (const key of [...keys, "/q/x"]) await put(storage, key, "v");
      await remove(storage, "/p/3");
      const existing = keys.filter((key) => key !== "/p/3");
      for (const limit of [1, 2, 3, 5, 6, 7]) {
        const seen: string[] = [];
        for (let more = true; more; ) {
          const after = seen.at(-1);
          const options = { prefix: "/p/", limit, ...(after !== undefined && { after }) };
          const page = await storage.range({ ...options, uncounted: true });
          const counted = await storage.range(options);
          expect({ entries: page.entries, more: page.more }).toEqual({ entries: counted.entries, more: counted.more });
          expect(page.count).toBeGreaterThanOrEqual(page.entries.length);
          expect(page.count).toBeLessThanOrEqual(counted.count);
          seen.push(...page.entries.map((entry) => entry.key));
          more = page.more;
        }
        expect(seen).toEqual(existing);
      }
    },
  },
  {
    title: "after need not be a key, nor lie in the prefix",
    async run({ storage }) {
      await Promise.all(["/p/a", "/p/b", "/p/b/c", "/p/c"].map((key) => put(storage, key, "v")));
      const keys = async (after: string) =>
        (await storage.range({ prefix: "/p/", after })).entries.map((entry) => entry.key);
      expect(await keys("/p/aa")).toEqual(["/p/b", "/p/b/c", "/p/c"]);
      expect(await keys("/p/b")).toEqual(["/p/b/c", "/p/c"]);
      expect(await keys("/o")).toEqual(["/p/a", "/p/b", "/p/b/c", "/p/c"]);
      expect(await keys("/q")).toEqual([]);
    },
  },
  {
    title: "orders keys by their UTF-8 bytes",
    async run({ storage }) {
      const suffixes = [
        "z",
        "\u007f",
        "é",
        "\u0000",
        "",
        "\uffff",
        "\u{1f600}",
        "a\u0000b",
        "a",
        "a\u0001",
        "Z",
        "日本",
      ];
      const keys = suffixes.map((suffix) => `/k/${suffix}`);
      await Promise.all(keys.map((key) => put(storage, key, key)));
      const { entries } = await storage.range({ prefix: "/k/" });
      const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(entries.map((entry) => entry.key)).toEqual(sorted);
      expect(entries.map((entry) => entry.value.toString())).toEqual(sorted);
      for (const [index, after] of sorted.entries()) {
        expect((await storage.range({ prefix: "/k/", after })).count).toBe(sorted.length - index - 1);
        expect(await text(storage, after)).toBe(after);
      }
    },
  },
  {
    title: "keys may be named as the properties of an object are",
    async run({ storage }) {
      for (const key of ["__proto__", "constructor", "hasOwnProperty"]) {
        expect(await storage.get(key)).toEqual({ revision: await storage.currentRevision() });
        await put(storage, key, key, 0);
        expect(await text(storage, key)).toBe(key);
      }
    },
  },
  {
    title: "reads a key as of a revision",
    async run({ storage }) {
      const before = await storage.currentRevision();
      const first = await put(storage, "/a", "one");
      const other = await put(storage, "/b", "other");
      const second = await put(storage, "/a", "two");
      const deleted = await remove(storage, "/a");
      const third = await put(storage, "/a", "three");
      const history = await Promise.all(
        [before, first, other, second, deleted, third].map((revision) => text(storage, "/a", revision)),
      );
      expect(history).toEqual([undefined, "one", "one", "two", undefined, "three"]);
      const old = await storage.get("/a", { revision: other });
      expect(old).toMatchObject({ revision: other, entry: { createRevision: first, modRevision: first } });
    },
  },
  {
    title: "reads a range as of a revision, page after page",
    async run({ storage }) {
      await Promise.all(["/p/a", "/p/b", "/p/c"].map((key) => put(storage, key, "old")));
      const then = await storage.currentRevision();
      await put(storage, "/p/b", "new");
      await remove(storage, "/p/c");
      await put(storage, "/p/aa", "new");
      const first = await storage.range({ prefix: "/p/", limit: 1, revision: then });
      expect(first).toMatchObject({ more: true, count: 3, revision: then });
      const rest = await storage.range({ prefix: "/p/", after: "/p/a", revision: then });
      expect(pairs(rest.entries)).toEqual(["/p/b=old", "/p/c=old"]);
      expect(rest).toMatchObject({ more: false, count: 2, revision: then });
      const now = await storage.range({ prefix: "/p/" });
      expect(pairs(now.entries)).toEqual(["/p/a=old", "/p/aa=new", "/p/b=new"]);
      expect(now.count).toBe(3);
    },
  },
  {
    title: "refuses to read a revision that does not exist yet",
    async run({ storage }) {
      const revision = (await put(storage, "/a", "a")) + 1;
      await expect(storage.get("/a", { revision })).rejects.toSatisfy(FutureRevisionError.is);
      await expect(storage.range({ prefix: "/", revision })).rejects.toSatisfy(FutureRevisionError.is);
    },
  },
  {
    title: "reads see every commit that was acknowledged before",
    async run({ storage }) {
      for (let round = 0; round < 20; round++) {
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            storage.commit([{ type: "put", key: `/r/${index}`, value: Buffer.from(String(round)) }]),
          ),
        );
        const newest = Math.max(...results.map(revisionOf));
        expect(await storage.currentRevision()).toBeGreaterThanOrEqual(newest);
        expect(await text(storage, "/r/3")).toBe(String(round));
        const { entries, revision } = await storage.range({ prefix: "/r/" });
        expect(revision).toBeGreaterThanOrEqual(newest);
        expect(entries.map((entry) => entry.value.toString())).toEqual(Array(8).fill(String(round)));
      }
    },
  },
];
