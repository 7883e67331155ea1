import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { CompactedError } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LevelStorage } from "./index.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
/** The longest that the option takes: 23 days. */
const LONGEST = 2_000_000;

let path: string;
let storage: LevelStorage;

async function openStorage(compactionSeconds: number): Promise<void> {
  storage = new LevelStorage({ path, compactionSeconds, maxValueBytes: 65536, cacheBytes: 8388608 }, logger);
  await storage.open();
}

async function put(value: string): Promise<number> {
  return (await storage.commit([{ type: "put", key: "/a", value: Buffer.from(value) }])).revision;
}

async function read(revision: number): Promise<string | undefined> {
  return (await storage.get("/a", { revision })).entry?.value.toString();
}

/** Waits for the compaction that a tick has begun; what forgets nothing does not touch the store. */
async function compactionOf(revision: number): Promise<void> {
  while ((await storage.versions("/a")).compacted < revision) await nextTurn();
}

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "storage-level-interval-"));
});

afterEach(async () => {
  await storage.close();
  vi.useRealTimers();
  await rm(path, { recursive: true });
});

describe("storage-level's history", () => {
  it.each([300, LONGEST])("is kept for one to two intervals of %i seconds, over many of them", async (seconds) => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await openStorage(seconds);
    const written: number[] = [await put("0")];
    for (let round = 1; round <= 8; round++) {
      vi.advanceTimersByTime(seconds * 1000 - 1);
      const newest = await put(String(round));
      vi.advanceTimersByTime(1);
      // A tick forgets what was there at the one before it.
      const mark = round < 2 ? 0 : (written.at(-1) ?? 0);
      await compactionOf(mark);
      for (const [index, revision] of [...written, newest].entries()) {
        if (revision < mark) {
          await expect(read(revision)).rejects.toSatisfy(CompactedError.is);
        } else {
          expect(await read(revision)).toBe(String(index));
        }
      }
      written.push(newest);
    }
    expect((await storage.versions("/a")).versions.length).toBe(2);
  });

  it("takes its longest interval as it is", async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error) => void warnings.push(warning);
    process.on("warning", listener);
    try {
      await openStorage(LONGEST);
      const first = await put("first");
      await put("second");
      // A timer that was too long for Node would fire after a millisecond.
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await read(first)).toBe("first");
      expect(warnings).toEqual([]);
    } finally {
      process.off("warning", listener);
    }
  });
});
