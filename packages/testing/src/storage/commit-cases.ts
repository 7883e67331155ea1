import { InvalidKeyError, ValueTooLargeError } from "@quarterdeck/sdk";
import { expect } from "vitest";
import { put, remove, revisionOf, text } from "./operations.js";
import type { StorageCase } from "./subject.js";

/** What a commit must and must not do. */
export const commitCases: readonly StorageCase[] = [
  {
    title: "starts at revision 1, empty",
    async run({ storage }) {
      expect(await storage.currentRevision()).toBe(1);
      expect(await storage.range({ prefix: "/" })).toEqual({ entries: [], more: false, count: 0, revision: 1 });
    },
  },
  {
    title: "creates a key that must be absent, and only once",
    async run({ storage }) {
      const created = await put(storage, "/a", "one", 0);
      const second = await storage.commit([{ type: "put", key: "/a", value: Buffer.from("two"), expected: 0 }]);
      expect(second).toMatchObject({ committed: false, index: 0, current: { key: "/a", modRevision: created } });
      const { entry } = await storage.get("/a");
      expect(entry).toEqual({ key: "/a", value: Buffer.from("one"), createRevision: created, modRevision: created });
    },
  },
  {
    title: "compares and swaps by modRevision",
    async run({ storage }) {
      const first = await put(storage, "/a", "one", 0);
      const second = await put(storage, "/a", "two", first);
      expect(second).toBeGreaterThan(first);
      const stale = await storage.commit([{ type: "put", key: "/a", value: Buffer.from("x"), expected: first }]);
      expect(stale.committed).toBe(false);
      expect((await storage.get("/a")).entry).toMatchObject({ createRevision: first, modRevision: second });
      expect((await storage.commit([{ type: "delete", key: "/a", expected: first }])).committed).toBe(false);
      await remove(storage, "/a", second);
      expect(await text(storage, "/a")).toBeUndefined();
    },
  },
  {
    title: "a mismatch tells the current entry, or that there is none",
    async run({ storage }) {
      const revision = await put(storage, "/a", "one");
      const stale = await storage.commit([{ type: "put", key: "/a", value: Buffer.from("x"), expected: 999 }]);
      expect(stale).toMatchObject({
        committed: false,
        index: 0,
        current: { key: "/a", value: Buffer.from("one"), createRevision: revision, modRevision: revision },
      });
      const absent = await storage.commit([{ type: "delete", key: "/b", expected: 7 }]);
      expect(absent.committed).toBe(false);
      expect(absent).not.toHaveProperty("current");
    },
  },
  {
    title: "a mismatch with a commit under way tells what that one wrote",
    async run({ storage }) {
      const revision = await put(storage, "/a", "one");
      const [winner, loser] = await Promise.all([
        storage.commit([{ type: "put", key: "/a", value: Buffer.from("two"), expected: revision }]),
        storage.commit([{ type: "put", key: "/a", value: Buffer.from("three"), expected: revision }]),
      ]);
      const [committed, refused] = winner.committed ? [winner, loser] : [loser, winner];
      expect(refused).toMatchObject({ committed: false, current: { modRevision: committed.revision } });
      expect(committed.committed).toBe(true);
    },
  },
  {
    title: "applies all operations of a commit or none, at one revision",
    async run({ storage }) {
      const first = revisionOf(
        await storage.commit([
          { type: "put", key: "/a", value: Buffer.from("a"), expected: 0 },
          { type: "put", key: "/b", value: Buffer.from("b"), expected: 0 },
        ]),
      );
      const { entries } = await storage.range({ prefix: "/" });
      expect(entries.map((entry) => entry.modRevision)).toEqual([first, first]);
      const refused = await storage.commit([
        { type: "put", key: "/a", value: Buffer.from("x") },
        { type: "delete", key: "/b", expected: first },
        { type: "put", key: "/c", value: Buffer.from("x"), expected: 5 },
      ]);
      expect(refused).toMatchObject({ committed: false, index: 2 });
      expect(await storage.range({ prefix: "/" })).toMatchObject({ entries, count: 2, revision: first });
    },
  },
  {
    title: "a check holds a commit back and changes nothing itself",
    async run({ storage }) {
      const revision = await put(storage, "/lock", "held");
      const put2 = { type: "put", key: "/a", value: Buffer.from("a") } as const;
      const refused = await storage.commit([put2, { type: "check", key: "/lock", expected: 0 }]);
      expect(refused).toMatchObject({ committed: false, index: 1, current: { modRevision: revision } });
      revisionOf(await storage.commit([put2, { type: "check", key: "/lock", expected: revision }]));
      expect((await storage.get("/lock")).entry?.modRevision).toBe(revision);
    },
  },
  {
    title: "a commit that changes nothing leaves the revision alone",
    async run({ storage }) {
      const revision = await put(storage, "/a", "a");
      expect(revisionOf(await storage.commit([{ type: "delete", key: "/absent" }]))).toBe(revision);
      expect(revisionOf(await storage.commit([{ type: "check", key: "/a", expected: revision }]))).toBe(revision);
      expect(await storage.currentRevision()).toBe(revision);
    },
  },
  {
    title: "revisions strictly grow over all keys",
    async run({ storage }) {
      const revisions = [await put(storage, "/a", "1"), await put(storage, "/b", "1"), await put(storage, "/a", "1")];
      revisions.push(await remove(storage, "/b"), await put(storage, "/b", "2"));
      expect([...new Set(revisions)].sort((a, b) => a - b)).toEqual(revisions);
      expect(await storage.currentRevision()).toBe(revisions.at(-1));
    },
  },
  {
    title: "a key that was deleted and made again has a new createRevision",
    async run({ storage }) {
      const first = await put(storage, "/a", "one");
      await put(storage, "/a", "two");
      expect((await storage.get("/a")).entry?.createRevision).toBe(first);
      await remove(storage, "/a");
      const again = await put(storage, "/a", "three", 0);
      expect((await storage.get("/a")).entry).toMatchObject({ createRevision: again, modRevision: again });
    },
  },
  {
    title: "values are bytes, also none and all of them",
    async run({ storage }) {
      const all = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
      revisionOf(
        await storage.commit([
          { type: "put", key: "/all", value: all },
          { type: "put", key: "/empty", value: Buffer.alloc(0) },
        ]),
      );
      expect((await storage.get("/all")).entry?.value.equals(all)).toBe(true);
      expect((await storage.get("/empty")).entry?.value.length).toBe(0);
      expect((await storage.range({ prefix: "/" })).entries.map((entry) => entry.value.length)).toEqual([256, 0]);
    },
  },
  {
    title: "takes a value of the limit and refuses one above it",
    async run({ storage }, skip) {
      if (storage.maxValueBytes === undefined) {
        return skip("the backend has no limit");
      }
      const limit = storage.maxValueBytes;
      await storage.commit([{ type: "put", key: "/fits", value: Buffer.alloc(limit, 1) }]);
      expect((await storage.get("/fits")).entry?.value.length).toBe(limit);
      const tooLarge = storage.commit([
        { type: "put", key: "/small", value: Buffer.from("x") },
        { type: "put", key: "/large", value: Buffer.alloc(limit + 1) },
      ]);
      await expect(tooLarge).rejects.toSatisfy(ValueTooLargeError.is);
      expect((await storage.range({ prefix: "/" })).count).toBe(1);
    },
  },
  {
    title: "refuses keys that no store can keep apart",
    async run({ storage }) {
      const value = Buffer.from("x");
      for (const key of ["", "/\ud800", "/\udc00x"]) {
        await expect(storage.commit([{ type: "put", key, value }])).rejects.toSatisfy(InvalidKeyError.is);
      }
      const twice = storage.commit([
        { type: "put", key: "/a", value },
        { type: "delete", key: "/a" },
      ]);
      await expect(twice).rejects.toSatisfy(InvalidKeyError.is);
      expect((await storage.range({ prefix: "" })).count).toBe(0);
    },
  },
  {
    title: "64 writers lose nothing on one counter",
    async run({ storage }) {
      const writers = 64;
      const rounds = 5;
      await put(storage, "/counter", "0");
      const increment = async (): Promise<void> => {
        let { entry } = await storage.get("/counter");
        while (entry !== undefined) {
          const value = Buffer.from(String(Number(entry.value.toString()) + 1));
          const swap = { type: "put", key: "/counter", value, expected: entry.modRevision } as const;
          const result = await storage.commit([swap]);
          if (result.committed) {
            return;
          }
          entry = result.current;
        }
        throw new Error("the counter has disappeared");
      };
      const writer = async (): Promise<void> => {
        for (let round = 0; round < rounds; round++) {
          await increment();
        }
      };
      await Promise.all(Array.from({ length: writers }, writer));
      expect(await text(storage, "/counter")).toBe(String(writers * rounds));
      expect(await storage.currentRevision()).toBe(2 + writers * rounds);
    },
  },
];
