import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./database.js";
import { FirstRead } from "./first-read.js";
import { LevelStorage } from "./index.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

describe("the first read", () => {
  function readOf(...keys: string[]): FirstRead {
    const read = new FirstRead();
    for (const key of keys) {
      read.add({ key, value: Buffer.from(key), createRevision: 2, modRevision: 2 });
    }
    return read;
  }

  const taken = (read: FirstRead, prefix: string) => read.take(prefix)?.map(({ value }) => value.toString());

  it("hands each prefix out once", () => {
    const read = readOf("/a/1", "/a/2", "/a0", "/b/1", "/b/é");
    expect(taken(read, "/a/")).toEqual(["/a/1", "/a/2"]);
    expect(taken(read, "/a/")).toBeUndefined();
    expect(taken(read, "/")).toBeUndefined();
    expect(taken(read, "/a/1")).toBeUndefined();
    expect(taken(read, "/c/")).toEqual([]);
    expect(taken(read, "/b/")).toEqual(["/b/1", "/b/é"]);
  });

  it("hands out nothing below which something has changed", () => {
    const read = readOf("/a/1", "/b/1", "/c/1");
    read.touch("/a/2");
    expect(taken(read, "/a/")).toBeUndefined();
    expect(taken(read, "/")).toBeUndefined();
    expect(taken(read, "/b/")).toEqual(["/b/1"]);
    for (let change = 0; change < 1001; change++) read.touch(`/d/${change}`);
    expect(taken(read, "/c/")).toBeUndefined();
  });
});

describe("storage-level right after an opening", () => {
  let path: string;
  let scans: number;

  class CountingStorage extends LevelStorage {
    protected override async connect(): Promise<Database> {
      const database = await openDatabase(path, 8388608);
      const iterator = database.iterator.bind(database);
      const counted: typeof database.iterator = (...options: []) => {
        scans++;
        return iterator(...options);
      };
      return Object.assign(database, { iterator: counted });
    }
  }

  const open = async () => {
    const storage = new CountingStorage(
      { path, compactionSeconds: 0, maxValueBytes: 65536, cacheBytes: 8388608 },
      logger,
    );
    await storage.open();
    return storage;
  };

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), "storage-level-first-"));
    const storage = await open();
    for (const key of ["/a/1", "/a/2", "/b/1", "/b/2", "/c/1"]) {
      await storage.commit([{ type: "put", key, value: Buffer.from(`old ${key}`) }]);
      await storage.commit([{ type: "put", key, value: Buffer.from(`new ${key}`), note: Buffer.from("a note") }]);
    }
    await storage.commit([{ type: "delete", key: "/a/1" }]);
    await storage.close();
    scans = 0;
  });

  afterEach(async () => {
    await rm(path, { recursive: true });
  });

  it("reads no prefix a second time, and all that a scan would give", async () => {
    const storage = await open();
    // A storage asked for the end of keys reads from disk.
    const expected = await storage.range({ prefix: "/b/", expiry: true });
    const before = scans;
    expect(await storage.range({ prefix: "/b/" })).toEqual(expected);
    expect(await storage.range({ prefix: "/a/" })).toMatchObject({ entries: [{ key: "/a/2" }], count: 1, more: false });
    expect(scans).toBe(before);
    expect(await storage.range({ prefix: "/b/" })).toEqual(expected);
    expect(scans).toBe(before + 1);
    await storage.close();
  });

  it("reads what has changed since from the disk", async () => {
    const storage = await open();
    const { revision } = await storage.commit([{ type: "put", key: "/b/2", value: Buffer.from("newest") }]);
    const { entries, revision: read } = await storage.range({ prefix: "/b/" });
    expect(read).toBe(revision);
    expect(entries.map(({ value }) => value.toString())).toEqual(["new /b/1", "newest"]);
    const before = scans;
    expect(await storage.range({ prefix: "/c/" })).toMatchObject({ revision, count: 1 });
    expect(scans).toBe(before);
    await storage.close();
  });
});
