import type { Storage, StorageVersion } from "@quarterdeck/sdk";
import { expect } from "vitest";
import { put, revisionOf, text } from "./operations.js";
import { reopen, type StorageCase } from "./subject.js";

/** Puts, or deletes without a value, one key with a note; returns the revision. */
async function noted(storage: Storage, key: string, value: string | undefined, note: string): Promise<number> {
  const told = { key, note: Buffer.from(note) };
  const operation =
    value === undefined
      ? ({ type: "delete", ...told } as const)
      : ({ type: "put", value: Buffer.from(value), ...told } as const);
  return revisionOf(await storage.commit([operation]));
}

function lines(versions: readonly StorageVersion[]): string[] {
  return versions.map(({ type, value, note }) => `${type} ${value?.toString() ?? "-"}: ${note?.toString() ?? "none"}`);
}

/** Notes that go with a write; a backend that has no place for them skips all but the first of these. */
export const noteCases: readonly StorageCase[] = [
  {
    title: "a note changes nothing about what a key holds",
    async run({ storage }) {
      const revision = await noted(storage, "/n/a", "one", "alice made it");
      const { entry } = await storage.get("/n/a");
      expect(entry).toEqual({
        key: "/n/a",
        value: Buffer.from("one"),
        createRevision: revision,
        modRevision: revision,
      });
      expect((await storage.range({ prefix: "/n/" })).entries).toEqual([entry]);
      const gone = await noted(storage, "/n/a", undefined, "bob removed it");
      expect(await text(storage, "/n/a")).toBeUndefined();
      expect(await text(storage, "/n/a", gone - 1)).toBe("one");
    },
  },
  {
    title: "a version tells the note of its write",
    async run({ storage }) {
      await noted(storage, "/n/a", "one", "alice made it");
      await put(storage, "/n/a", "two");
      await noted(storage, "/n/a", "", `a longer one: ${"é".repeat(400)}`);
      await noted(storage, "/n/a", undefined, "bob removed it");
      await noted(storage, "/n/a", "three", "carol made it again");
      expect(lines((await storage.versions("/n/a")).versions)).toEqual([
        "put three: carol made it again",
        "delete -: bob removed it",
        `put : a longer one: ${"é".repeat(400)}`,
        "put two: none",
        "put one: alice made it",
      ]);
    },
  },
  {
    title: "each operation of a commit has a note of its own",
    async run({ storage }) {
      await put(storage, "/n/c", "x");
      const value = Buffer.from("x");
      await storage.commit([
        { type: "put", key: "/n/a", value, note: Buffer.from("first") },
        { type: "put", key: "/n/b", value },
        { type: "delete", key: "/n/c", note: Buffer.from("third") },
      ]);
      const newest = await Promise.all(["/n/a", "/n/b", "/n/c"].map((key) => storage.versions(key, { limit: 1 })));
      expect(newest.flatMap(({ versions }) => lines(versions))).toEqual([
        "put x: first",
        "put x: none",
        "delete -: third",
      ]);
    },
  },
  {
    title: "a note lives as long as its version",
    async run({ storage }) {
      await noted(storage, "/n/a", "one", "first");
      const kept = await noted(storage, "/n/a", "two", "second");
      await noted(storage, "/n/once", "x", "only");
      const newest = await noted(storage, "/n/a", "three", "third");
      await storage.compact(kept);
      expect(lines((await storage.versions("/n/a")).versions)).toEqual(["put three: third", "put two: second"]);
      await storage.compact(newest);
      expect(lines((await storage.versions("/n/a")).versions)).toEqual(["put three: third"]);
      expect(lines((await storage.versions("/n/once")).versions)).toEqual(["put x: only"]);
    },
  },
  {
    title: "notes outlive a reopening",
    async run(subject) {
      await noted(subject.storage, "/n/a", "one", "alice made it");
      await noted(subject.storage, "/n/a", undefined, "bob removed it");
      const storage = await reopen(subject);
      expect(lines((await storage.versions("/n/a")).versions)).toEqual([
        "delete -: bob removed it",
        "put one: alice made it",
      ]);
    },
  },
];
