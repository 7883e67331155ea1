import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CompactedError, type Storage, type StorageEvent } from "@quarterdeck/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LevelStorage } from "./index.js";

const ROUNDS = Number(process.env.QUARTERDECK_CRASH_ROUNDS ?? 5);
const WRITER = fileURLToPath(new URL("../fixtures/crash-writer.js", import.meta.url));
const logger = { debug() {}, info() {}, warn() {}, error() {} };

interface Acknowledged {
  readonly revision: number;
  readonly changes: readonly { readonly key: string; readonly value?: string }[];
}

/** Runs the writer on the folder, kills it at a random time and returns what it had acknowledged. */
async function writeAndKill(path: string) {
  const child = spawn(process.execPath, [WRITER, path], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  const acknowledged: Acknowledged[] = [];
  let compacted = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    // The kill may cut the last line; what it told was not yet recorded then.
    if (!line.endsWith("}")) {
      return;
    }
    const message = JSON.parse(line);
    if ("compacted" in message) {
      compacted = message.compacted;
    } else {
      acknowledged.push(message);
    }
  });
  await once(lines, "line");
  await delay(20 + Math.random() * 500);
  child.kill("SIGKILL");
  const [, signal] = await closed;
  expect(signal, "the writer ended by itself; is the package built?").toBe("SIGKILL");
  return { acknowledged, compacted };
}

/** Every event that the log still has, and the revision behind which it begins. */
async function readHistory(storage: Storage, from: number) {
  const events: StorageEvent[] = [];
  const onBatch = (batch: { readonly events: readonly StorageEvent[] }) => void events.push(...batch.events);
  const onEnd = (error: Error) => expect.fail(error.message);
  let after = from;
  try {
    (await storage.watch({ prefix: "", after, onBatch, onEnd })).close();
  } catch (error) {
    // A compaction that was not acknowledged has taken place all the same.
    if (!CompactedError.is(error)) {
      throw error;
    }
    after = error.compacted;
    (await storage.watch({ prefix: "", after, onBatch, onEnd })).close();
  }
  return { events, after };
}

describe("storage-level after kill -9", () => {
  let path: string;
  let lastRevision = 1;
  let killed = 0;

  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), "storage-level-crash-"));
  });

  afterAll(async () => {
    await rm(path, { recursive: true });
  });

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))("round %i loses nothing", async () => {
    const { acknowledged, compacted } = await writeAndKill(path);
    killed += acknowledged.length;
    const newest = new Map<string, { readonly revision: number; readonly value: string | undefined }>();
    for (const { revision, changes } of acknowledged) {
      for (const { key, value } of changes) {
        if (revision > (newest.get(key)?.revision ?? 0)) {
          newest.set(key, { revision, value });
        }
      }
    }
    const storage = new LevelStorage(
      { path, compactionSeconds: 0, maxValueBytes: 1048576, cacheBytes: 8388608 },
      logger,
    );
    await storage.open();
    try {
      const current = await storage.currentRevision();
      expect(current).toBeGreaterThanOrEqual(Math.max(lastRevision, ...acknowledged.map(({ revision }) => revision)));
      lastRevision = current;

      // Revision 1 is where a new store stands, no commit made it.
      const { events, after } = await readHistory(storage, Math.max(compacted, 1));
      expect([...new Set(events.map(({ revision }) => revision))]).toEqual(
        Array.from({ length: current - after }, (_, index) => after + 1 + index),
      );
      const lastEvent = new Map(events.map((event) => [event.key, event]));
      const { entries, count } = await storage.range({ prefix: "" });
      const scanned = new Map(entries.map((entry) => [entry.key, entry]));
      expect(count).toBe(scanned.size);

      for (const [key, { revision, value }] of newest) {
        const entry = scanned.get(key);
        // A later revision is that of a commit which was under way when the process died.
        const found = Math.max(entry?.modRevision ?? 0, lastEvent.get(key)?.revision ?? 0);
        if (found > revision) {
          expect(
            acknowledged.some((one) => one.revision === found && one.changes.some((change) => change.key === key)),
          ).toBe(false);
        } else {
          expect({ key, value: entry?.value.toString() }).toEqual({ key, value });
        }
      }
      for (const { key, value } of entries.filter((entry) => entry.key.startsWith("/marker/"))) {
        // The writer notes what it also writes.
        expect((await storage.versions(key, { limit: 1 })).versions[0]?.note).toEqual(value);
      }
      for (const key of new Set([...newest.keys(), ...scanned.keys()])) {
        expect((await storage.get(key)).entry).toEqual(scanned.get(key));
        const event = lastEvent.get(key);
        if (event !== undefined) {
          expect(scanned.get(key)?.value).toEqual(event.value);
        }
      }
    } finally {
      await storage.close();
    }
  });

  it("was killed while it wrote", () => {
    expect(killed).toBeGreaterThan(ROUNDS * 64);
  });
});
