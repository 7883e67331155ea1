import { CompactedError } from "@quarterdeck/sdk";
import { expect } from "vitest";
import { put, remove, text } from "./operations.js";
import { reopen, type StorageCase } from "./subject.js";
import { WatchProbe } from "./watch-probe.js";

/** What a store must still know after it was closed and opened again. */
export const reopenCases: readonly StorageCase[] = [
  {
    title: "reopening keeps entries, history and revisions",
    async run(subject) {
      const before = subject.storage;
      const after = await before.currentRevision();
      const first = await put(before, "/a", "one");
      const second = await put(before, "/a", "two");
      await put(before, "/gone", "x");
      const newest = await remove(before, "/gone");
      const storage = await reopen(subject);
      expect(await storage.currentRevision()).toBe(newest);
      expect((await storage.get("/a")).entry).toMatchObject({ createRevision: first, modRevision: second });
      expect(await text(storage, "/a", first)).toBe("one");
      expect(await text(storage, "/gone")).toBeUndefined();
      expect(await text(storage, "/gone", newest - 1)).toBe("x");
      const watch = await WatchProbe.start(storage, "/", after);
      expect(await put(storage, "/a", "three", second)).toBe(newest + 1);
      await watch.until(() => watch.events.length >= 5);
      watch.close();
      expect(watch.events.map((event) => `${event.type} ${event.key}`)).toEqual([
        "put /a",
        "put /a",
        "put /gone",
        "delete /gone",
        "put /a",
      ]);
    },
  },
  {
    title: "revisions never go back, even when all was deleted and compacted",
    async run(subject) {
      const before = subject.storage;
      await put(before, "/a", "one");
      const newest = await remove(before, "/a");
      await before.compact(newest);
      const storage = await reopen(subject);
      expect(await storage.currentRevision()).toBe(newest);
      await expect(storage.get("/a", { revision: newest - 1 })).rejects.toSatisfy(CompactedError.is);
      expect(await put(storage, "/a", "two", 0)).toBe(newest + 1);
      const again = await reopen(subject);
      expect(await again.currentRevision()).toBe(newest + 1);
    },
  },
  {
    title: "a TTL outlives a reopening",
    async run(subject) {
      const brief = { type: "put", key: "/ttl", value: Buffer.from("x"), ttlSeconds: 1 } as const;
      await subject.storage.commit([brief, { type: "put", key: "/stays", value: Buffer.from("x") }]);
      const after = await subject.storage.currentRevision();
      const storage = await reopen(subject);
      const watch = await WatchProbe.start(storage, "/", after);
      await watch.until(() => watch.events.length >= 1);
      watch.close();
      expect(watch.events.map((event) => `${event.type} ${event.key}`)).toEqual(["delete /ttl"]);
      expect(await text(storage, "/stays")).toBe("x");
    },
  },
  {
    title: "closing ends watches silently and lets commits under way finish",
    async run(subject) {
      const watch = await WatchProbe.start(subject.storage, "/", await subject.storage.currentRevision());
      const commits = Promise.all(Array.from({ length: 20 }, (_, index) => put(subject.storage, `/k/${index}`, "x")));
      const reopened = reopen(subject);
      await commits;
      const storage = await reopened;
      expect((await storage.range({ prefix: "/k/" })).count).toBe(20);
      const heard = watch.batches.length;
      await put(storage, "/k/later", "x");
      expect(watch.batches.length).toBe(heard);
      expect(watch.ended).toBeUndefined();
    },
  },
];
