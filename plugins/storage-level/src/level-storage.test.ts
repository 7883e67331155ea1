import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storageContract } from "@quarterdeck/testing/storage-contract";
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
