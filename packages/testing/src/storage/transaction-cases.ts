import type { StorageOperation } from "@quarterdeck/sdk";
import { expect } from "vitest";
import { pairs, put, revisionOf } from "./operations.js";
import type { StorageCase } from "./subject.js";
import { WatchProbe } from "./watch-probe.js";

/** As many operations as every backend must take in one commit. */
const MANY = 100;

function keyAt(index: number): string {
  return `/t/${String(index).padStart(3, "0")}`;
}

/** Commits of several operations: all of them or none. */
export const transactionCases: readonly StorageCase[] = [
  {
    title: "a mismatch anywhere in a commit leaves every key as it was",
    async run({ storage }) {
      const first = await put(storage, "/t/a", "a");
      await put(storage, "/t/b", "b");
      const before = await storage.range({ prefix: "" });
      const sound: readonly StorageOperation[] = [
        { type: "put", key: "/t/a", value: Buffer.from("x"), expected: first },
        { type: "delete", key: "/t/b" },
        { type: "put", key: "/t/new", value: Buffer.from("x"), expected: 0 },
        { type: "check", key: "/t/absent", expected: 0 },
      ];
      const broken: StorageOperation = { type: "put", key: "/t/broken", value: Buffer.from("x"), expected: 99 };
      for (let index = 0; index <= sound.length; index++) {
        const result = await storage.commit([...sound.slice(0, index), broken, ...sound.slice(index)]);
        expect(result).toMatchObject({ committed: false, index, revision: before.revision });
        expect(result).not.toHaveProperty("current");
        expect(await storage.range({ prefix: "" })).toEqual(before);
      }
      expect(revisionOf(await storage.commit(sound))).toBe(before.revision + 1);
      expect(pairs((await storage.range({ prefix: "" })).entries)).toEqual(["/t/a=x", "/t/new=x"]);
    },
  },
  {
    title: "of several mismatches the first is told, with what its key holds",
    async run({ storage }) {
      const revision = await put(storage, "/t/a", "a");
      await put(storage, "/t/b", "b");
      const result = await storage.commit([
        { type: "put", key: "/t/c", value: Buffer.from("x") },
        { type: "check", key: "/t/a", expected: revision + 7 },
        { type: "delete", key: "/t/b", expected: 1 },
      ]);
      expect(result).toMatchObject({ committed: false, index: 1, current: { key: "/t/a", modRevision: revision } });
    },
  },
  {
    title: "one commit may check what it writes, before or behind",
    async run({ storage }) {
      const revision = await put(storage, "/t/a", "a");
      const write = { type: "put", key: "/t/a", value: Buffer.from("b") } as const;
      const stale = await storage.commit([write, { type: "check", key: "/t/a", expected: revision + 1 }]);
      expect(stale).toMatchObject({ committed: false, index: 1, current: { modRevision: revision } });
      const next = revisionOf(await storage.commit([{ type: "check", key: "/t/a", expected: revision }, write]));
      revisionOf(await storage.commit([write, { type: "check", key: "/t/a", expected: next }]));
    },
  },
  {
    title: `a commit takes ${MANY} operations, at one revision and in one batch`,
    async run({ storage }) {
      const after = await storage.currentRevision();
      const watch = await WatchProbe.start(storage, "/t/", after);
      const puts = Array.from({ length: MANY }, (_, index): StorageOperation => {
        return { type: "put", key: keyAt(index), value: Buffer.from(`one ${index}`), expected: 0 };
      });
      const made = revisionOf(await storage.commit(puts));
      expect(made).toBe(after + 1);
      const mixed = puts.map(({ key }, index): StorageOperation => {
        if (index % 3 === 0) return { type: "check", key, expected: made };
        if (index % 3 === 1) return { type: "delete", key, expected: made };
        return { type: "put", key, value: Buffer.from(`two ${index}`), expected: made };
      });
      expect(revisionOf(await storage.commit(mixed))).toBe(made + 1);
      const { entries } = await storage.range({ prefix: "/t/" });
      expect(entries.map((entry) => entry.value.toString())).toEqual(
        Array.from({ length: MANY }, (_, index) => `${index % 3 === 0 ? "one" : "two"} ${index}`).filter(
          (_, index) => index % 3 !== 1,
        ),
      );
      const stale = await storage.commit(mixed.map((operation) => ({ ...operation, expected: made })));
      expect(stale).toMatchObject({ committed: false, index: 1 });
      const changed = puts.length + mixed.filter(({ type }) => type !== "check").length;
      await watch.until(() => watch.events.length >= changed);
      watch.close();
      expect(watch.events.length).toBe(changed);
      const batches = watch.batches.filter(({ events }) => events.length > 0);
      expect(batches.flatMap(({ events }) => [...new Set(events.map((event) => event.revision))])).toEqual([
        made,
        made + 1,
      ]);
    },
  },
  {
    title: "two commits over the same keys never mix",
    async run({ storage }) {
      const keys = Array.from({ length: 10 }, (_, index) => keyAt(index));
      const writer = async (_: unknown, id: number): Promise<void> => {
        for (let round = 0; round < 10; round++) {
          const value = Buffer.from(`${id} ${round}`);
          const order = id % 2 === 0 ? keys : [...keys].reverse();
          await storage.commit(order.map((key) => ({ type: "put", key, value })));
          const { entries } = await storage.range({ prefix: "/t/" });
          expect(new Set(entries.map((entry) => entry.value.toString())).size).toBe(1);
          expect(new Set(entries.map((entry) => entry.modRevision)).size).toBe(1);
        }
      };
      await Promise.all(Array.from({ length: 8 }, writer));
    },
  },
];
