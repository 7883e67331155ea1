import { storageContract } from "@quarterdeck/testing/storage-contract";
import { MemoryStorage } from "./index.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const nothingOnDisk = "memory does not outlive the process";

storageContract({
  name: "storage-memory",
  async create() {
    const storage = new MemoryStorage({ compactionSeconds: 0, maxValueBytes: 4096 }, logger);
    await storage.open();
    return { storage, destroy: () => storage.close() };
  },
  skip: {
    "reopening keeps entries, history and revisions": nothingOnDisk,
    "notes outlive a reopening": nothingOnDisk,
    "what was restored outlives a reopening": nothingOnDisk,
    "revisions never go back, even when all was deleted and compacted": nothingOnDisk,
    "a TTL outlives a reopening": nothingOnDisk,
    "closing ends watches silently and lets commits under way finish": nothingOnDisk,
  },
});
