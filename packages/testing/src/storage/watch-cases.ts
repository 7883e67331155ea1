import { setImmediate as nextTurn } from "node:timers/promises";
import type { StorageEvent } from "@quarterdeck/sdk";
import { expect } from "vitest";
import { put, remove, revisionOf } from "./operations.js";
import type { StorageCase } from "./subject.js";
import { WatchProbe } from "./watch-probe.js";

function line(event: StorageEvent): string {
  return `${event.type} ${event.key}=${event.value?.toString() ?? ""} @${event.revision}`;
}

/** What a watch must deliver, and when. */
export const watchCases: readonly StorageCase[] = [
  {
    title: "a watch tells puts and deletes with their revisions",
    async run({ storage }) {
      const watch = await WatchProbe.start(storage, "/w/", await storage.currentRevision());
      const created = await put(storage, "/w/a", "one");
      const updated = await put(storage, "/w/a", "two");
      await put(storage, "/other", "x");
      const deleted = await remove(storage, "/w/a");
      await watch.until(() => watch.events.length >= 3);
      watch.close();
      expect(watch.events).toMatchObject([
        { type: "put", key: "/w/a", revision: created, createRevision: created, previousRevision: 0 },
        { type: "put", key: "/w/a", revision: updated, createRevision: created, previousRevision: created },
        { type: "delete", key: "/w/a", revision: deleted, createRevision: created, previousRevision: updated },
      ]);
      expect(watch.events.map((event) => event.value?.toString())).toEqual(["one", "two", undefined]);
    },
  },
  {
    title: "a watch of a prefix hears nothing of its neighbours",
    async run({ storage }) {
      const watch = await WatchProbe.start(storage, "/a/", await storage.currentRevision());
      for (const key of ["/ab/1", "/a", "/a0", "/b/a/1", "/a/1"]) {
        await put(storage, key, "v");
      }
      await watch.until(() => watch.events.length >= 1);
      watch.close();
      expect(watch.events.map((event) => event.key)).toEqual(["/a/1"]);
    },
  },
  {
    title: "a watch from a past revision tells the history first",
    async run({ storage }) {
      await put(storage, "/w/before", "x");
      const after = await storage.currentRevision();
      const first = await put(storage, "/w/a", "one");
      const second = await put(storage, "/w/a", "two");
      const third = await remove(storage, "/w/before");
      const watch = await WatchProbe.start(storage, "/w/", after);
      const live = await put(storage, "/w/b", "live");
      await watch.until(() => watch.events.length >= 4);
      watch.close();
      expect(watch.events.map(line)).toEqual([
        `put /w/a=one @${first}`,
        `put /w/a=two @${second}`,
        `delete /w/before= @${third}`,
        `put /w/b=live @${live}`,
      ]);
      expect(watch.events[1]).toMatchObject({ createRevision: first, previousRevision: first });
    },
  },
  {
    title: "a watch from a future revision waits for it",
    async run({ storage }) {
      const after = (await storage.currentRevision()) + 2;
      const watch = await WatchProbe.start(storage, "/", after);
      for (const value of ["1", "2", "3"]) {
        await put(storage, "/a", value);
      }
      await watch.until(() => watch.events.length >= 1);
      watch.close();
      expect(watch.events.map(line)).toEqual([`put /a=3 @${after + 1}`]);
    },
  },
  {
    title: "batches hold whole revisions in order, live and from history",
    async run({ storage }) {
      const after = await storage.currentRevision();
      const live = await WatchProbe.start(storage, "/m/", after);
      const writer = async (_: unknown, id: number): Promise<void> => {
        for (let round = 0; round < 10; round++) {
          const parts = ["x", "y", "z"].map((part) => `/m/${part}/${id}`);
          await storage.commit(parts.map((key) => ({ type: "put", key, value: Buffer.from(String(round)) })));
        }
      };
      await Promise.all(Array.from({ length: 8 }, writer));
      const replay = await WatchProbe.start(storage, "/m/", after);
      await Promise.all([live, replay].map((watch) => watch.until(() => watch.events.length >= 240)));
      for (const watch of [live, replay]) {
        watch.close();
        let last = after;
        for (const batch of watch.batches) {
          const revisions = batch.events.map((event) => event.revision);
          expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
          expect(Math.min(...revisions, Number.POSITIVE_INFINITY)).toBeGreaterThan(last);
          expect(batch.revision).toBeGreaterThanOrEqual(Math.max(last, ...revisions));
          last = batch.revision;
        }
        const sizes = new Map<number, number>();
        for (const { revision } of watch.events) {
          sizes.set(revision, (sizes.get(revision) ?? 0) + 1);
        }
        expect(sizes.size).toBe(80);
        expect(new Set(sizes.values())).toEqual(new Set([3]));
      }
      expect(replay.events.map(line)).toEqual(live.events.map(line));
    },
  },
  {
    title: "no gap and no repetition between history and live events while 32 writers run",
    async run({ storage }) {
      const after = await storage.currentRevision();
      const writers = 32;
      const rounds = 30;
      let running = writers;
      const writer = async (_: unknown, id: number): Promise<void> => {
        for (let round = 0; round < rounds; round++) {
          await put(storage, `/g/${id}`, String(round));
          // A store that never waits would not let a watch begin.
          await nextTurn();
        }
        running--;
      };
      const writing = Promise.all(Array.from({ length: writers }, writer));
      const watches: WatchProbe[] = [];
      while (running > 0) {
        watches.push(await WatchProbe.start(storage, "/g/", after));
        await nextTurn();
      }
      await writing;
      const newest = await storage.currentRevision();
      const expected = Array.from({ length: newest - after }, (_, index) => after + 1 + index);
      expect(expected.length).toBe(writers * rounds);
      expect(watches.length).toBeGreaterThan(1);
      for (const watch of watches) {
        await watch.until(() => watch.revision >= newest);
        watch.close();
        expect(watch.events.map((event) => event.revision)).toEqual(expected);
      }
    },
  },
  {
    title: "no callback is made after close",
    async run({ storage }) {
      const after = await storage.currentRevision();
      const closed = await WatchProbe.start(storage, "/", after);
      const open = await WatchProbe.start(storage, "/", after);
      const first = await put(storage, "/a", "1");
      await Promise.all([closed, open].map((watch) => watch.until(() => watch.revision >= first)));
      const heard = closed.batches.length;
      closed.close();
      const second = await put(storage, "/a", "2");
      await open.until(() => open.revision >= second);
      open.close();
      expect(closed.batches.length).toBe(heard);
      expect(closed.ended).toBeUndefined();
    },
  },
  {
    title: "a watch may be closed from its own callback, and commit from it",
    async run({ storage }) {
      const after = await storage.currentRevision();
      const observer = await WatchProbe.start(storage, "/echo", after);
      const heard: string[] = [];
      const echo: Promise<unknown>[] = [];
      const watch = await storage.watch({
        prefix: "/call/",
        after,
        onBatch: ({ events }) => {
          for (const event of events) {
            heard.push(event.key);
            echo.push(put(storage, "/echo", event.key));
            watch.close();
          }
        },
        onEnd: (error) => expect.fail(error.message),
      });
      await put(storage, "/call/1", "x");
      await observer.until(() => observer.events.length >= 1);
      await put(storage, "/call/2", "x");
      await Promise.all(echo);
      observer.close();
      expect(heard).toEqual(["/call/1"]);
      expect(observer.events.map((event) => event.value?.toString())).toEqual(["/call/1"]);
    },
  },
  {
    title: "a watch that throws is ended and harms neither the commit nor other watches",
    async run({ storage }) {
      const after = await storage.currentRevision();
      let calls = 0;
      const ended = new Promise<Error>((resolve) => {
        const onBatch = (): void => {
          calls++;
          throw new Error("broken watcher");
        };
        void storage.watch({ prefix: "/t/", after, onBatch, onEnd: resolve });
      });
      const other = await WatchProbe.start(storage, "/t/", after);
      await put(storage, "/t/a", "1");
      expect((await ended).message).toBe("broken watcher");
      const second = await put(storage, "/t/a", "2");
      await other.until(() => other.revision >= second);
      other.close();
      expect(calls).toBe(1);
      expect(other.events.length).toBe(2);
    },
  },
  {
    title: "a watch of a prefix where nothing happens is told of the current revision",
    async run({ storage }) {
      const watch = await WatchProbe.start(storage, "/idle/", await storage.currentRevision());
      for (let round = 0; round < 5; round++) {
        await put(storage, `/busy/${round}`, "x");
        const revision = await storage.currentRevision();
        await watch.until(() => watch.revision >= revision);
      }
      watch.close();
      expect(watch.events).toEqual([]);
    },
  },
  {
    title: "events are delivered before the commit that caused them resolves",
    async run({ storage }, skip) {
      if (storage.embedded !== true) {
        return skip("the backend is not embedded");
      }
      const watch = await WatchProbe.start(storage, "/d/", await storage.currentRevision());
      const writer = async (_: unknown, id: number): Promise<void> => {
        for (let round = 0; round < 10; round++) {
          const operation = { type: "put", key: `/d/${id}`, value: Buffer.from("x") } as const;
          const revision = revisionOf(await storage.commit([operation]));
          expect(watch.events.some((event) => event.revision === revision)).toBe(true);
          const elsewhere = await put(storage, `/elsewhere/${id}`, "x");
          expect(watch.revision).toBeGreaterThanOrEqual(elsewhere);
        }
      };
      await Promise.all(Array.from({ length: 16 }, writer));
      watch.close();
    },
  },
];
