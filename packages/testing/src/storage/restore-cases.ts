import {
  CompactedError,
  type Storage,
  type StorageEntry,
  StorageNotEmptyError,
  type StorageSnapshot,
  ValueTooLargeError,
} from "@quarterdeck/sdk";
import { expect } from "vitest";
import { put, remove } from "./operations.js";
import { reopen, type StorageCase } from "./subject.js";
import { WatchProbe } from "./watch-probe.js";

const FAR = 4_000_000_000_000;

function entryAt(key: string, createRevision: number, modRevision: number, expiresAt?: number): StorageEntry {
  const entry = { key, value: Buffer.from(`value of ${key}`), createRevision, modRevision };
  return expiresAt === undefined ? entry : { ...entry, expiresAt };
}

/** What some store held at revision 50: in the order of modRevision, and of keys within one revision. */
const ENTRIES: readonly StorageEntry[] = [
  entryAt("/r/m", 4, 4),
  entryAt("/r/a", 7, 7, FAR),
  entryAt("/r/b", 7, 7),
  entryAt("/r/é", 3, 9),
  entryAt("/other", 9, 40),
];
const REVISION = 50;

function snapshotOf(entries: Iterable<StorageEntry>, revision = REVISION): StorageSnapshot {
  async function* each() {
    yield* entries;
  }
  return { revision, entries: each() };
}

/** Entries that end in an error, as a backup that cannot be read to its end does. */
function broken(entries: Iterable<StorageEntry>): StorageSnapshot {
  async function* each() {
    yield* entries;
    throw new Error("the source broke");
  }
  return { revision: REVISION, entries: each() };
}

function byKey(entries: readonly StorageEntry[]): StorageEntry[] {
  return [...entries].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}

async function restoreInto(storage: Storage, snapshot: StorageSnapshot, skip: (reason: string) => never) {
  if (storage.restore === undefined) return skip("the backend gives out revisions by itself");
  return storage.restore(snapshot);
}

async function expectAsNew(storage: Storage): Promise<void> {
  expect(await storage.currentRevision()).toBe(1);
  expect(await storage.range({ prefix: "", expiry: true })).toEqual({
    entries: [],
    more: false,
    count: 0,
    revision: 1,
  });
}

/** How a new store is filled with what another one held. */
export const restoreCases: readonly StorageCase[] = [
  {
    title: "restoring keeps every revision and expiry, and goes on behind the snapshot",
    async run({ storage }, skip) {
      await restoreInto(storage, snapshotOf(ENTRIES), skip);
      expect(await storage.currentRevision()).toBe(REVISION);
      const { entries, revision } = await storage.range({ prefix: "", expiry: true });
      expect(revision).toBe(REVISION);
      expect(entries).toEqual(byKey(ENTRIES));
      expect((await storage.get("/r/é")).entry).toEqual(ENTRIES[3]);
      const watch = await WatchProbe.start(storage, "/r/", REVISION);
      expect(await put(storage, "/r/b", "next", 7)).toBe(REVISION + 1);
      expect(await put(storage, "/r/new", "next", 0)).toBe(REVISION + 2);
      await watch.until(() => watch.events.length >= 2);
      watch.close();
      expect(watch.events).toMatchObject([
        { key: "/r/b", revision: REVISION + 1, createRevision: 7, previousRevision: 7 },
        { key: "/r/new", revision: REVISION + 2, createRevision: REVISION + 2, previousRevision: 0 },
      ]);
    },
  },
  {
    title: "what lies before a restored snapshot is compacted",
    async run({ storage }, skip) {
      await restoreInto(storage, snapshotOf(ENTRIES), skip);
      const revision = REVISION - 1;
      await expect(storage.get("/r/a", { revision })).rejects.toSatisfy(CompactedError.is);
      await expect(storage.range({ prefix: "/", revision })).rejects.toSatisfy(CompactedError.is);
      await expect(WatchProbe.start(storage, "/", revision)).rejects.toSatisfy(CompactedError.is);
      expect((await storage.range({ prefix: "/", revision: REVISION })).count).toBe(ENTRIES.length);
      const { versions, compacted } = await storage.versions("/r/é");
      expect({ compacted, versions }).toMatchObject({
        compacted: REVISION,
        versions: [{ type: "put", revision: 9, createRevision: 3 }],
      });
      await remove(storage, "/r/m", 4);
      await storage.compact(await storage.currentRevision());
      expect((await storage.range({ prefix: "/" })).count).toBe(ENTRIES.length - 1);
    },
  },
  {
    title: "an empty snapshot is restored too",
    async run({ storage }, skip) {
      await restoreInto(storage, snapshotOf([]), skip);
      expect(await storage.range({ prefix: "" })).toMatchObject({ count: 0, revision: REVISION });
      expect(await put(storage, "/a", "x", 0)).toBe(REVISION + 1);
    },
  },
  {
    title: "a watch that began before a restore is ended",
    async run({ storage }, skip) {
      const early = await WatchProbe.start(storage, "/r/", 1);
      const ahead = await WatchProbe.start(storage, "/r/", REVISION);
      await restoreInto(storage, snapshotOf(ENTRIES), skip);
      expect(early.ended).toSatisfy(CompactedError.is);
      expect(early.events).toEqual([]);
      const next = await put(storage, "/r/b", "next");
      await ahead.until(() => ahead.revision >= next);
      ahead.close();
      expect(ahead.events.map((event) => event.revision)).toEqual([next]);
    },
  },
  {
    title: "a store that is not as new is not restored into",
    async run({ storage }, skip) {
      await put(storage, "/a", "x");
      const before = await storage.range({ prefix: "" });
      await expect(restoreInto(storage, snapshotOf(ENTRIES), skip)).rejects.toSatisfy(StorageNotEmptyError.is);
      expect(await storage.range({ prefix: "" })).toEqual(before);
      // Nothing is left of the key, yet the store has a past.
      const gone = await remove(storage, "/a");
      await expect(restoreInto(storage, snapshotOf(ENTRIES), skip)).rejects.toSatisfy(StorageNotEmptyError.is);
      expect(await storage.range({ prefix: "" })).toMatchObject({ count: 0, revision: gone });
      expect(await put(storage, "/a", "y")).toBe(gone + 1);
    },
  },
  {
    title: "a restore that fails half way leaves the store as new",
    async run({ storage }, skip) {
      await expect(restoreInto(storage, broken(ENTRIES), skip)).rejects.toThrow("the source broke");
      await expectAsNew(storage);
      await restoreInto(storage, snapshotOf(ENTRIES), skip);
      expect((await storage.range({ prefix: "" })).entries.length).toBe(ENTRIES.length);
    },
  },
  {
    title: "a snapshot that no store can have had is refused",
    async run({ storage }, skip) {
      const unsound: readonly (readonly StorageEntry[])[] = [
        [entryAt("/a", 2, REVISION + 1)],
        [entryAt("/a", 8, 7)],
        [entryAt("/a", 7, 7), entryAt("/b", 6, 6)],
        [entryAt("/b", 7, 7), entryAt("/a", 7, 7)],
        [entryAt("/a", 7, 7), entryAt("/a", 7, 8)],
        [entryAt("", 7, 7)],
      ];
      for (const entries of unsound) {
        await expect(restoreInto(storage, snapshotOf(entries), skip)).rejects.toThrow();
        await expectAsNew(storage);
      }
      expect(await put(storage, "/a", "x", 0)).toBe(2);
    },
  },
  {
    title: "a snapshot with a value above the limit is refused",
    async run({ storage }, skip) {
      if (storage.maxValueBytes === undefined) return skip("the backend has no limit");
      const large = { ...entryAt("/b", 8, 8), value: Buffer.alloc(storage.maxValueBytes + 1) };
      const restored = restoreInto(storage, snapshotOf([entryAt("/a", 7, 7), large]), skip);
      await expect(restored).rejects.toSatisfy(ValueTooLargeError.is);
      await expectAsNew(storage);
    },
  },
  {
    title: "a restored key ends when its time comes, at once when it has passed",
    async run({ storage }, skip) {
      const now = Date.now();
      const entries = [
        entryAt("/late", 2, 2, now - 60_000),
        entryAt("/soon", 3, 3, now + 500),
        entryAt("/stays", 4, 4),
      ];
      await restoreInto(storage, snapshotOf(entries), skip);
      const watch = await WatchProbe.start(storage, "/", REVISION);
      await watch.until(() => watch.events.length >= 2);
      watch.close();
      expect(watch.events.map((event) => `${event.type} ${event.key} ${event.previousRevision}`)).toEqual([
        "delete /late 2",
        "delete /soon 3",
      ]);
    },
  },
  {
    title: "many entries are restored, in any order of keys",
    async run({ storage }, skip) {
      const count = 5000;
      const entries = Array.from({ length: count }, (_, index) => {
        return entryAt(`/many/${(index * 7919) % count}`, index + 2, index + 2);
      });
      await restoreInto(storage, snapshotOf(entries, count + 10), skip);
      const range = await storage.range({ prefix: "/many/" });
      expect(range).toMatchObject({ count, revision: count + 10 });
      expect(range.entries).toEqual(byKey(entries));
    },
  },
  {
    title: "what was restored outlives a reopening",
    async run(subject, skip) {
      await restoreInto(subject.storage, snapshotOf(ENTRIES), skip);
      const reopened = await reopen(subject);
      expect(await reopened.currentRevision()).toBe(REVISION);
      expect((await reopened.range({ prefix: "", expiry: true })).entries).toEqual(byKey(ENTRIES));
      const next = await put(reopened, "/r/b", "next", 7);
      const again = await reopen(subject);
      expect(await again.currentRevision()).toBe(next);
      await expect(again.get("/r/a", { revision: REVISION - 1 })).rejects.toSatisfy(CompactedError.is);
    },
  },
];
