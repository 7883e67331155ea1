import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StorageEventBatch } from "@quarterdeck/sdk";
import { storageContract } from "@quarterdeck/testing/storage-contract";
import { expect, it } from "vitest";
import { LevelStorage } from "./index.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

storageContract({
  name: "storage-level",
  async create() {
    const path = await mkdtemp(join(tmpdir(), "storage-level-"));
    const options = { path, compactionSeconds: 0, maxValueBytes: 65536, cacheBytes: 8388608 };
    const openStorage = async () => {
      const storage = new LevelStorage(options, logger);
      await storage.open();
      return storage;
    };
    let storage = await openStorage();
    return {
      storage,
      async reopen() {
        await storage.close();
        storage = await openStorage();
        return storage;
      },
      async destroy() {
        await storage.close();
        await rm(path, { recursive: true });
      },
    };
  },
});

it("names its option when a value is too large", async () => {
  const path = await mkdtemp(join(tmpdir(), "storage-level-"));
  const storage = new LevelStorage({ path, compactionSeconds: 0, maxValueBytes: 100, cacheBytes: 8388608 }, logger);
  await storage.open();
  await expect(storage.commit([{ type: "put", key: "/a", value: Buffer.alloc(101) }])).rejects.toMatchObject({
    message: "the value has 101 bytes, the storage takes at most 100 (its option maxValueBytes)",
  });
  await storage.close();
  await rm(path, { recursive: true });
});

it("tells everything to a watch from before the first commit", async () => {
  const path = await mkdtemp(join(tmpdir(), "storage-level-"));
  const storage = new LevelStorage({ path, compactionSeconds: 0, maxValueBytes: 100, cacheBytes: 8388608 }, logger);
  await storage.open();
  await storage.commit([{ type: "put", key: "/a", value: Buffer.from("x") }]);
  for (const after of [0, 1]) {
    const revisions: number[] = [];
    const onBatch = ({ events }: StorageEventBatch) => void revisions.push(...events.map(({ revision }) => revision));
    const watch = await storage.watch({ prefix: "", after, onBatch, onEnd: (error) => expect.fail(error.message) });
    watch.close();
    expect(revisions).toEqual([2]);
  }
  await storage.close();
  await rm(path, { recursive: true });
});
