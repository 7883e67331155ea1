import { expect } from "vitest";
import { put, revisionOf, text } from "./operations.js";
import type { StorageCase } from "./subject.js";
import { WatchProbe } from "./watch-probe.js";

/** Seconds. */
const HOUR = 3600;

/** How keys with a time to live end. */
export const expiryCases: readonly StorageCase[] = [
  {
    title: "a key with a TTL ends by an ordinary delete event",
    async run({ storage }) {
      const watch = await WatchProbe.start(storage, "/ttl/", await storage.currentRevision());
      const brief = { type: "put", key: "/ttl/brief", value: Buffer.from("x"), ttlSeconds: 1 } as const;
      const made = revisionOf(await storage.commit([brief]));
      await put(storage, "/ttl/stays", "x");
      expect(await text(storage, "/ttl/brief")).toBe("x");
      await watch.until(() => watch.events.some((event) => event.type === "delete"));
      watch.close();
      const end = watch.events.find((event) => event.type === "delete");
      expect(end).toMatchObject({ key: "/ttl/brief", createRevision: made, previousRevision: made });
      expect(end?.revision).toBeGreaterThan(made);
      expect(await storage.currentRevision()).toBeGreaterThanOrEqual(end?.revision ?? Number.POSITIVE_INFINITY);
      expect(await text(storage, "/ttl/brief")).toBeUndefined();
      expect(await text(storage, "/ttl/stays")).toBe("x");
    },
  },
  {
    title: "a later put lifts or moves a TTL",
    async run({ storage }) {
      const watch = await WatchProbe.start(storage, "/ttl/", await storage.currentRevision());
      const value = Buffer.from("x");
      await storage.commit([
        { type: "put", key: "/ttl/lifted", value, ttlSeconds: 1 },
        { type: "put", key: "/ttl/moved", value, ttlSeconds: 1 },
      ]);
      await storage.commit([
        { type: "put", key: "/ttl/lifted", value },
        { type: "put", key: "/ttl/moved", value, ttlSeconds: 3600 },
      ]);
      // Ends later than the two would have.
      await storage.commit([{ type: "put", key: "/ttl/witness", value, ttlSeconds: 2 }]);
      await watch.until(() => watch.events.some((event) => event.type === "delete"));
      watch.close();
      expect(watch.events.filter((event) => event.type === "delete").map((event) => event.key)).toEqual([
        "/ttl/witness",
      ]);
      expect(await text(storage, "/ttl/lifted")).toBe("x");
      expect(await text(storage, "/ttl/moved")).toBe("x");
    },
  },
  {
    title: "a range tells the ends of keys to those who ask",
    async run({ storage }) {
      const value = Buffer.from("x");
      const before = Date.now();
      await storage.commit([
        { type: "put", key: "/ttl/ends", value, ttlSeconds: HOUR },
        { type: "put", key: "/ttl/lifted", value, ttlSeconds: HOUR },
        { type: "put", key: "/ttl/stays", value },
      ]);
      await put(storage, "/ttl/lifted", "x");
      const { entries } = await storage.range({ prefix: "/ttl/", expiry: true });
      expect(entries.map((entry) => [entry.key, entry.expiresAt !== undefined])).toEqual([
        ["/ttl/ends", true],
        ["/ttl/lifted", false],
        ["/ttl/stays", false],
      ]);
      // A backend may round to seconds, and let keys share an end up to a twentieth later.
      const end = entries[0]?.expiresAt ?? 0;
      expect(end).toBeGreaterThanOrEqual(before + HOUR * 1000 - 2000);
      expect(end).toBeLessThanOrEqual(Date.now() + HOUR * 1050 + 2000);
      const unasked = await storage.range({ prefix: "/ttl/" });
      expect(unasked.entries.filter((entry) => "expiresAt" in entry)).toEqual([]);
      const page = await storage.range({ prefix: "/ttl/", expiry: true, limit: 1 });
      expect(page.entries.map((entry) => entry.key)).toEqual(["/ttl/ends"]);
      expect(Math.abs((page.entries[0]?.expiresAt ?? 0) - end)).toBeLessThanOrEqual(2000);
    },
  },
];
