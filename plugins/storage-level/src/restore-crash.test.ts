import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./database.js";
import { LevelStorage } from "./index.js";
import { META_KEY } from "./key-layout.js";

const WRITER = fileURLToPath(new URL("../fixtures/restore-writer.js", import.meta.url));
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const COUNT = 20_000;

let path: string;

/** Restores in another process and kills it as soon as it tells that it has come this far. */
async function restoreAndKill(at: string): Promise<void> {
  const child = spawn(process.execPath, [WRITER, path, String(COUNT)], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === at) child.kill("SIGKILL");
  }
  expect(await closed, "the restore ended by itself; is the package built?").toEqual([null, "SIGKILL"]);
}

async function openStorage(): Promise<LevelStorage> {
  const options = { path, compactionSeconds: 0, maxValueBytes: 1048576, cacheBytes: 8388608 };
  const storage = new LevelStorage(options, logger);
  await storage.open();
  return storage;
}

async function recordKeys(): Promise<string[]> {
  const database = await openDatabase(path, 1048576);
  const keys = await database.keys().all();
  await database.close();
  return keys.map((key) => key.toString());
}

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "storage-level-restore-"));
});

afterEach(async () => {
  await rm(path, { recursive: true });
});

describe("storage-level when a restore is killed with -9", () => {
  it.each(["0", "9000", "12000", String(COUNT)])("after %s entries it is as new", async (at) => {
    await restoreAndKill(at);
    // The first batch of 4 MiB is on disk before the third one fills.
    if (at !== "0") {
      expect((await recordKeys()).length).toBeGreaterThan(1000);
    }
    const storage = await openStorage();
    const revision = await storage.currentRevision();
    if (at === String(COUNT) && revision > 1) {
      // It was told that all had been read, and the restore may have been quicker than the signal.
      expect((await storage.range({ prefix: "" })).count).toBe(COUNT);
    } else {
      expect(await storage.range({ prefix: "" })).toEqual({ entries: [], more: false, count: 0, revision: 1 });
      const entry = { key: "/a", value: Buffer.from("x"), createRevision: 5, modRevision: 7 };
      const entries = (async function* () {
        yield entry;
      })();
      await storage.restore({ revision: 9, entries });
      expect((await storage.range({ prefix: "" })).entries).toEqual([entry]);
    }
    await storage.close();
  });

  it("leaves nothing behind for the next start to read", async () => {
    await restoreAndKill("12000");
    await (await openStorage()).close();
    expect(await recordKeys()).toEqual([META_KEY.toString()]);
  });

  it("keeps all of it once it has been acknowledged", async () => {
    await restoreAndKill("done");
    const storage = await openStorage();
    expect(await storage.range({ prefix: "/restored/" })).toMatchObject({ count: COUNT, revision: COUNT + 1 });
    await storage.close();
  });
});
