import { join } from "node:path";
import { LevelStorage } from "@quarterdeck/storage-level";
import { encodeObject } from "@quarterdeck/wire";
import { storedFixture } from "./fixture.js";

/** How many commits are on their way at once. */
const PARALLEL = 2000;
const logger = { debug() {}, info() {}, warn() {}, error: console.error };

/** The name of a seeded object. */
export function seededName(index: number): string {
  return `seeded-${String(index).padStart(6, "0")}`;
}

/** Fills the store of a data folder, as a server would that is told to create them, with so many objects of 1 KB. */
export async function seed(data: string, objects: number): Promise<void> {
  const options = { path: join(data, "store"), compactionSeconds: 0, maxValueBytes: 1_572_864, cacheBytes: 8_388_608 };
  const storage = new LevelStorage(options, logger);
  await storage.open();
  for (let from = 0; from < objects; from += PARALLEL) {
    const count = Math.min(PARALLEL, objects - from);
    await Promise.all(Array.from({ length: count }, (_, index) => put(storage, from + index)));
  }
  await storage.close();
}

async function put(storage: LevelStorage, index: number): Promise<void> {
  const object = storedFixture(seededName(index), index);
  // The revision of the commit is what the server tells as the resourceVersion; it is in no stored bytes.
  const value = encodeObject(object);
  const key = `/registry/configmaps/${object.metadata.namespace}/${object.metadata.name}`;
  await storage.commit([{ type: "put", key, value, expected: 0 }]);
}
