import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactedError, type StorageEvent, StorageUnavailableError } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "./database.js";
import { LevelStorage } from "./index.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** What becomes of a write: it succeeds, does not reach the disk, or reaches it and fails all the same. */
type Fault = "none" | "lost" | "written";

/** A store whose disk can be made to fail. */
class FaultyStorage extends LevelStorage {
  fault: Fault = "none";
  /** Faulty writes end only when this has resolved. */
  gate: Promise<void> = Promise.resolve();

  protected override async connect(): Promise<Database> {
    const database = await super.connect();
    const openBatch = database.batch.bind(database);
    const failingBatch = () => {
      const batch = openBatch();
      const write = batch.write.bind(batch);
      const failingWrite = async (options: { readonly sync?: boolean } = {}) => {
        if (this.fault !== "lost") {
          await write(options);
        }
        if (this.fault !== "none") {
          await this.gate;
          throw Object.assign(new Error("IO error: No space left on device"), { code: "LEVEL_IO_ERROR" });
        }
      };
      return Object.assign(batch, { write: failingWrite });
    };
    return Object.assign(database, { batch: failingBatch });
  }
}

describe("storage-level when a write fails", () => {
  let path: string;
  let storage: FaultyStorage;
  let events: StorageEvent[];
  let ends: Error[];

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), "storage-level-fault-"));
    storage = new FaultyStorage({ path, compactionSeconds: 0, maxValueBytes: 65536, cacheBytes: 8388608 }, logger);
    await storage.open();
    events = [];
    ends = [];
    const onEnd = (error: Error) => void ends.push(error);
    await storage.watch({ prefix: "", after: 1, onBatch: (batch) => events.push(...batch.events), onEnd });
  });

  afterEach(async () => {
    storage.fault = "none";
    await storage.close();
    await rm(path, { recursive: true });
    expect(ends).toEqual([]);
  });

  const put = (key: string, expected?: number) => {
    const operation = { type: "put", key, value: Buffer.from(`value of ${key}`) } as const;
    return storage.commit([expected === undefined ? operation : { ...operation, expected }]);
  };

  it.each<Fault>(["lost", "written"])("the commit and all that were built on it fail (write %s)", async (fault) => {
    const { revision } = await put("/kept", 0);
    storage.fault = fault;
    let release = (): void => {};
    storage.gate = new Promise((resolve) => {
      release = resolve;
    });
    const first = put("/a", 0);
    const second = put("/a", revision + 1);
    const refused = put("/a", 0);
    // Let the group go to the disk, so that the next commit waits in another one.
    await new Promise((resolve) => setImmediate(resolve));
    const commits = Promise.allSettled([first, second, refused, put("/a", revision + 2), put("/b", 0)]);
    release();
    for (const commit of await commits) {
      expect(commit.status === "rejected" && StorageUnavailableError.is(commit.reason)).toBe(true);
    }
    expect(await storage.currentRevision()).toBe(revision);
    expect((await storage.get("/kept")).entry?.modRevision).toBe(revision);
    expect((await storage.range({ prefix: "" })).entries.map((entry) => entry.key)).toEqual(["/kept"]);
    expect(events.map((event) => event.key)).toEqual(["/kept"]);
  });

  it("goes on as if nothing had been, when nothing reached the disk", async () => {
    const { revision } = await put("/kept");
    storage.fault = "lost";
    await expect(put("/a", 0)).rejects.toSatisfy(StorageUnavailableError.is);
    storage.fault = "none";
    expect(await put("/a", 0)).toEqual({ committed: true, revision: revision + 1 });
    expect((await put("/kept", revision)).committed).toBe(true);
    expect(events.map((event) => `${event.key} ${event.revision}`)).toEqual([
      `/kept ${revision}`,
      `/a ${revision + 1}`,
      `/kept ${revision + 2}`,
    ]);
  });

  it("finds out what did reach the disk, and tells the watches", async () => {
    const { revision } = await put("/kept");
    storage.fault = "written";
    await expect(put("/a", 0)).rejects.toSatisfy(StorageUnavailableError.is);
    storage.fault = "none";
    const again = await put("/a", 0);
    expect(again).toMatchObject({ committed: false, current: { key: "/a", modRevision: revision + 1 } });
    expect(events.map((event) => `${event.key} ${event.revision}`)).toEqual([
      `/kept ${revision}`,
      `/a ${revision + 1}`,
    ]);
    expect((await put("/a", revision + 1)).revision).toBe(revision + 2);
  });

  it("a failed compaction does not stop it for good", async () => {
    await put("/a");
    const { revision } = await put("/a");
    storage.fault = "lost";
    await expect(storage.compact(revision)).rejects.toSatisfy(StorageUnavailableError.is);
    storage.fault = "none";
    expect((await put("/a")).revision).toBe(revision + 1);
    await storage.compact(revision + 1);
    expect((await storage.range({ prefix: "" })).count).toBe(1);
  });

  it.each<Fault>(["lost", "written"])("a restore whose write fails leaves it as new (write %s)", async (fault) => {
    const entries = async function* () {
      for (let index = 0; index < 100; index++) {
        const value = Buffer.alloc(60_000, index);
        yield { key: `/r/${index}`, value, createRevision: index + 2, modRevision: index + 2 };
        if (index === 80) storage.fault = fault;
      }
    };
    await expect(storage.restore({ revision: 200, entries: entries() })).rejects.toSatisfy(StorageUnavailableError.is);
    storage.fault = "none";
    expect(await put("/a", 0)).toEqual({ committed: true, revision: 2 });
    expect((await storage.range({ prefix: "" })).entries.map((entry) => entry.key)).toEqual(["/a"]);
    expect(events.map((event) => event.key)).toEqual(["/a"]);
  });

  it("nobody reads or writes while a snapshot is restored", async () => {
    const refused: unknown[] = [];
    const entries = async function* () {
      refused.push(await put("/b").catch((error: unknown) => error));
      refused.push(await storage.range({ prefix: "" }).catch((error: unknown) => error));
      refused.push(await storage.restore({ revision: 9, entries: entries() }).catch((error: unknown) => error));
      yield { key: "/a", value: Buffer.from("x"), createRevision: 2, modRevision: 2 };
    };
    await storage.restore({ revision: 9, entries: entries() });
    expect(refused).toEqual(Array(3).fill(new StorageUnavailableError("the storage is being restored")));
    expect(await storage.range({ prefix: "" })).toMatchObject({ count: 1, revision: 9 });
    expect(ends.splice(0)).toEqual([new CompactedError(1, 9)]);
  });
});
