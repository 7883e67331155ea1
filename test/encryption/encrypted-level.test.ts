import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EncryptedStorage, PrefixedTransformer } from "@quarterdeck/storage";
import { LevelStorage } from "@quarterdeck/storage-level";
import { storageContract } from "@quarterdeck/testing/storage-contract";
import { AesGcm } from "../../plugins/encryption-aesgcm/src/aesgcm.js";
import { Secretbox } from "../../plugins/encryption-secretbox/src/secretbox.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const keys = [{ name: "k", secret: Buffer.alloc(32, 1).toString("base64") }];

for (const provider of [new AesGcm({ keys }), new Secretbox({ keys })]) {
  storageContract({
    name: `storage-level below ${provider.prefix}`,
    async create() {
      const path = await mkdtemp(join(tmpdir(), "quarterdeck-encrypted-"));
      const transformer = new PrefixedTransformer(provider, []);
      const open = async () => {
        const options = { path, compactionSeconds: 0, maxValueBytes: 65536, cacheBytes: 8388608 };
        const storage = new EncryptedStorage(new LevelStorage(options, logger), () => transformer);
        await storage.open();
        return storage;
      };
      let storage = await open();
      return {
        storage,
        async reopen() {
          await storage.close();
          storage = await open();
          return storage;
        },
        async destroy() {
          await storage.close();
          await rm(path, { recursive: true });
        },
      };
    },
    skip: { "takes a value of the limit and refuses one above it": "the backend counts the encrypted bytes" },
  });
}
