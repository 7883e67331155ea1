import { startEtcd } from "@quarterdeck/testing/etcd";
import { storageContract } from "@quarterdeck/testing/storage-contract";
import { describeWithEtcd, openOn } from "./etcd3-storage.fixture.js";

const NO_NOTES = "etcd has no place for notes";

describeWithEtcd("with a real etcd", () => {
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
      const openStorage = () => openOn(etcd, { maxValueBytes: 65536 });
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
