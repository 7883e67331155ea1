import { etcdMissing, startEtcd } from "@quarterdeck/testing/etcd";
import { storageContract } from "@quarterdeck/testing/storage-contract";
import { describe } from "vitest";
import { optionsFor, quiet } from "./etcd3-storage.fixture.js";
import { Etcd3Storage } from "./index.js";

const NO_NOTES = "etcd has no place for notes";

describe.skipIf(etcdMissing)(`with a real etcd${etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`}`, () => {
  storageContract({
    name: "storage-etcd3",
    skip: {
      "a version tells the note of its write": NO_NOTES,
      "each operation of a commit has a note of its own": NO_NOTES,
      "a note lives as long as its version": NO_NOTES,
      "notes outlive a reopening": NO_NOTES,
    },
    async create() {
      const etcd = await startEtcd();
      const openStorage = async () => {
        const storage = new Etcd3Storage(optionsFor(etcd, { maxValueBytes: 65536 }), quiet);
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
          await etcd.stop();
        },
      };
    },
  });
});
