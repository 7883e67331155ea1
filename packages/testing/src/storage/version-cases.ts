import { expect } from "vitest";
import { put, remove } from "./operations.js";
import type { StorageCase } from "./subject.js";

/** What the versions of a key tell. */
export const versionCases: readonly StorageCase[] = [
  {
    title: "versions of a key are told newest first, deletes included",
    async run({ storage }) {
      const first = await put(storage, "/v/a", "one");
      await put(storage, "/v/ab", "neighbour");
      const second = await put(storage, "/v/a", "two");
      const gone = await remove(storage, "/v/a");
      const again = await put(storage, "/v/a", "three");
      const { versions, more, revision } = await storage.versions("/v/a");
      expect(more).toBe(false);
      expect(revision).toBe(again);
      expect(versions.map(({ type, revision: at, value }) => [type, at, value?.toString()])).toEqual([
        ["put", again, "three"],
        ["delete", gone, undefined],
        ["put", second, "two"],
        ["put", first, "one"],
      ]);
      expect(versions.map((version) => version.createRevision)).toEqual([again, first, first, first]);
    },
  },
  {
    title: "versions are told in pages",
    async run({ storage }) {
      const revisions: number[] = [];
      for (const value of ["1", "2", "3", "4", "5"]) revisions.unshift(await put(storage, "/v/a", value));
      const first = await storage.versions("/v/a", { limit: 2 });
      expect(first.versions.map((version) => version.revision)).toEqual(revisions.slice(0, 2));
      expect(first.more).toBe(true);
      const rest = await storage.versions("/v/a", { before: revisions[1] ?? 0, limit: 3 });
      expect(rest.versions.map((version) => version.revision)).toEqual(revisions.slice(2));
      expect(rest.more).toBe(false);
    },
  },
  {
    title: "a key that never was has no versions",
    async run({ storage }) {
      await put(storage, "/v/a", "one");
      expect((await storage.versions("/v/b")).versions).toEqual([]);
    },
  },
  {
    title: "versions end where history is forgotten",
    async run({ storage }) {
      await put(storage, "/v/a", "one");
      const second = await put(storage, "/v/a", "two");
      const third = await put(storage, "/v/a", "three");
      await put(storage, "/v/gone", "x");
      const gone = await remove(storage, "/v/gone");
      await storage.compact(gone);
      const kept = await storage.versions("/v/a");
      expect(kept.compacted).toBe(gone);
      expect(kept.versions.map((version) => version.revision)).toEqual([third]);
      expect(third).toBeGreaterThan(second);
      expect((await storage.versions("/v/gone")).versions.filter((version) => version.type === "put")).toEqual([]);
    },
  },
];
