import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StorageEventBatch } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./database.js";
import { LevelStorage } from "./index.js";
import { logBound, META_KEY } from "./key-layout.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

describe("storage-level over a store of format 1", () => {
  let path: string;

  const open = async () => {
    const storage = new LevelStorage({ path, compactionSeconds: 0, maxValueBytes: 65536, cacheBytes: 8388608 }, logger);
    await storage.open();
    return storage;
  };

  const described = async () => {
    const database = await openDatabase(path, 1048576);
    const meta = await database.get(META_KEY);
    await database.close();
    return JSON.parse(meta?.toString() ?? "");
  };

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), "storage-level-format-"));
    const storage = await open();
    await storage.commit([{ type: "put", key: "/a", value: Buffer.from("one") }]);
    await storage.commit([{ type: "put", key: "/a", value: Buffer.from("two") }]);
    await storage.close();
    // Without a note the versions of both formats are the same; the log had no checksums.
    const database = await openDatabase(path, 1048576);
    for (const [key, value] of await database.iterator({ gte: logBound(0), lt: logBound(100) }).all()) {
      await database.batch().del(key).put(key.subarray(0, -4), value).write();
    }
    await database.put(META_KEY, Buffer.from('{"format":1,"compacted":0}'));
    await database.close();
    await writeFile(join(path, "quarterdeck.json"), '{"format":1,"revision":3}');
  });

  afterEach(async () => {
    await rm(path, { recursive: true });
  });

  it("reads it, goes on in format 2 and keeps notes from then on", async () => {
    const storage = await open();
    await storage.commit([{ type: "put", key: "/a", value: Buffer.from("three"), note: Buffer.from("now") }]);
    const { versions } = await storage.versions("/a");
    expect(versions.map(({ value, note }) => `${value} ${note}`)).toEqual([
      "three now",
      "two undefined",
      "one undefined",
    ]);
    const replayed: string[] = [];
    const onBatch = ({ events }: StorageEventBatch) => void replayed.push(...events.map(({ value }) => `${value}`));
    const watch = await storage.watch({ prefix: "", after: 1, onBatch, onEnd: (error) => expect.fail(error.message) });
    watch.close();
    expect(replayed).toEqual(["one", "two", "three"]);
    await storage.compact(4);
    await storage.close();
    expect(await described()).toEqual({ format: 2, compacted: 4 });
    expect(JSON.parse(await readFile(join(path, "quarterdeck.json"), "utf8"))).toEqual({
      format: 2,
      revision: 4,
      closed: true,
    });
    const again = await open();
    expect((await again.versions("/a")).versions).toEqual(versions.slice(0, 1));
    await again.close();
  });
});
