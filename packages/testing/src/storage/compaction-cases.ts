import { setImmediate as nextTurn } from "node:timers/promises";
import { CompactedError, FutureRevisionError, type Storage } from "@quarterdeck/sdk";
import { expect } from "vitest";
import { pairs, put, remove, text } from "./operations.js";
import type { StorageCase } from "./subject.js";
import { WatchProbe } from "./watch-probe.js";

/** Nothing may differ between a store and itself after a compaction, at the revisions that are left. */
async function view(storage: Storage, revision: number): Promise<readonly string[]> {
  return pairs((await storage.range({ prefix: "", revision })).entries);
}

/** What a compaction forgets and what it must keep. */
export const compactionCases: readonly StorageCase[] = [
  {
    title: "compaction keeps what every later revision needs",
    async run({ storage }) {
      const revisions: number[] = [];
      for (let round = 0; round < 5; round++) {
        for (const key of ["/a", "/b", "/c"]) {
          revisions.push(await put(storage, key, `${key}${round}`));
        }
        revisions.push(await remove(storage, "/b"));
      }
      await put(storage, "/once", "kept");
      const newest = await put(storage, "/a", "last");
      const middle = revisions[9] ?? 0;
      const kept = [...revisions.slice(9), newest];
      const before = await Promise.all(kept.map((revision) => view(storage, revision)));
      await storage.compact(middle);
      expect(await Promise.all(kept.map((revision) => view(storage, revision)))).toEqual(before);
      await storage.compact(newest);
      expect(await view(storage, newest)).toEqual(["/a=last", "/c=/c4", "/once=kept"]);
      expect(await storage.currentRevision()).toBe(newest);
    },
  },
  {
    title: "reads below the compaction fail, reads at it do not",
    async run({ storage }) {
      const first = await put(storage, "/a", "one");
      const second = await put(storage, "/a", "two");
      await put(storage, "/a", "three");
      await storage.compact(second);
      expect(await text(storage, "/a", second)).toBe("two");
      await expect(storage.get("/a", { revision: first })).rejects.toSatisfy(CompactedError.is);
      await expect(storage.range({ prefix: "/", revision: first })).rejects.toSatisfy(CompactedError.is);
      expect(await text(storage, "/a")).toBe("three");
    },
  },
  {
    title: "a watch from below the compaction is refused, one from it is not",
    async run({ storage }) {
      const first = await put(storage, "/a", "one");
      await put(storage, "/a", "two");
      const third = await put(storage, "/a", "three");
      const fourth = await put(storage, "/a", "four");
      await storage.compact(third);
      await expect(WatchProbe.start(storage, "/", first)).rejects.toSatisfy(CompactedError.is);
      const watch = await WatchProbe.start(storage, "/", third);
      await watch.until(() => watch.revision >= fourth);
      watch.close();
      expect(watch.events.map((event) => event.value?.toString())).toEqual(["four"]);
    },
  },
  {
    title: "compacting again, further back or into the future",
    async run({ storage }) {
      await put(storage, "/a", "one");
      const second = await put(storage, "/a", "two");
      await storage.compact(second);
      await storage.compact(second);
      await storage.compact(second - 1);
      expect(await text(storage, "/a", second)).toBe("two");
      await expect(storage.compact(second + 1)).rejects.toSatisfy(FutureRevisionError.is);
    },
  },
  {
    title: "writers, readers and watches go on while history is compacted",
    async run({ storage }) {
      const after = await storage.currentRevision();
      const watch = await WatchProbe.start(storage, "/c/", after);
      let running = true;
      const writer = async (_: unknown, id: number): Promise<void> => {
        for (let round = 0; round < 40; round++) {
          await put(storage, `/c/${id}`, String(round));
        }
        await remove(storage, `/c/${id}`);
        await put(storage, `/c/${id}`, "end");
      };
      const compacting = async (): Promise<void> => {
        while (running) {
          await storage.compact(await storage.currentRevision());
          const { entries, count, more } = await storage.range({ prefix: "/c/" });
          expect({ count, more }).toEqual({ count: entries.length, more: false });
          await nextTurn();
        }
      };
      const compaction = compacting();
      await Promise.all(Array.from({ length: 16 }, writer));
      running = false;
      await compaction;
      const newest = await storage.currentRevision();
      await watch.until(() => watch.revision >= newest);
      watch.close();
      expect(watch.events.length).toBe(16 * 42);
      const { entries } = await storage.range({ prefix: "/c/" });
      expect(entries.map((entry) => entry.value.toString())).toEqual(Array(16).fill("end"));
    },
  },
];
