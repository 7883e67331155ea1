import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { StorageUnavailableError } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LevelStorage } from "./index.js";

const WRITER = fileURLToPath(new URL("../fixtures/full-disk-writer.js", import.meta.url));
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const MIB = 1024 * 1024;

/** Why a running process cannot be given other limits here; undefined when it can. */
const prlimitMissing =
  spawnSync("prlimit", ["--version"]).status === 0 ? undefined : "prlimit of util-linux is not on PATH";

if (prlimitMissing !== undefined && process.env.QUARTERDECK_REQUIRE_TOOLS === "1") throw new Error(prlimitMissing);

let root: string;
let path: string;

async function openStorage(): Promise<LevelStorage> {
  const storage = new LevelStorage({ path, compactionSeconds: 0, maxValueBytes: MIB, cacheBytes: 8 * MIB }, logger);
  await storage.open();
  return storage;
}

/** All that the store holds must be what was acknowledged, but for commits of which nobody knows. */
async function expectKept(storage: LevelStorage, acknowledged: Map<string, string>, unknown: Set<string>) {
  const { entries } = await storage.range({ prefix: "" });
  const found = new Map(entries.map(({ key, value }) => [key, value.toString("base64")]));
  for (const [key, value] of acknowledged) {
    expect(found.get(key) === value, key).toBe(true);
  }
  expect([...found.keys()].filter((key) => !acknowledged.has(key) && !unknown.has(key))).toEqual([]);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "storage-level-full-"));
  path = join(root, "data");
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

describe("storage-level on a full disk", () => {
  /** Mounts a small disk of its own; undefined where that is not allowed. */
  function mountDisk(): { unmount(): void } | undefined {
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "none", root]);
    return status === 0 ? { unmount: () => void execFileSync("umount", [root]) } : undefined;
  }

  it("refuses commits, loses nothing and goes on when there is space again", async (context) => {
    const disk = mountDisk() ?? context.skip("this user may not mount a file system");
    try {
      const ballast = join(root, "ballast");
      await mkdir(path);
      await writeFile(ballast, Buffer.alloc(4 * MIB));
      let storage = await openStorage();
      const acknowledged = new Map<string, string>();
      const unknown = new Set<string>();
      const write = async (key: string) => {
        // Bytes that do not compress.
        const value = Buffer.from(crypto.getRandomValues(new Uint8Array(16_384)));
        try {
          await storage.commit([{ type: "put", key, value, expected: 0 }]);
          acknowledged.set(key, value.toString("base64"));
          return true;
        } catch (error) {
          expect(error).toSatisfy(StorageUnavailableError.is);
          expect(error).toMatchObject({ message: expect.stringContaining("the storage failed: ") });
          unknown.add(key);
          return false;
        }
      };
      let index = 0;
      while (await write(`/full/${index}`)) index++;
      expect(index).toBeGreaterThan(100);
      await expectKept(storage, acknowledged, unknown);
      // The disk stays full for longer than the store waits before it tries again.
      for (let attempt = 0; attempt < 3; attempt++) {
        await delay(600);
        expect(await write(`/still/${attempt}`)).toBe(false);
      }
      await rm(ballast);
      let again = 0;
      while (!(await write(`/again/${again}`))) {
        again++;
        await delay(200);
      }
      await expectKept(storage, acknowledged, unknown);
      await storage.close();
      storage = await openStorage();
      await expectKept(storage, acknowledged, unknown);
      await storage.close();
    } finally {
      disk.unmount();
    }
  });

  it("does so when a file may not grow any more", async (context) => {
    if (prlimitMissing !== undefined) context.skip(prlimitMissing);
    const limited = `ulimit -S -f 4096 && exec "$@"`;
    const child = spawn("sh", ["-c", limited, "sh", process.execPath, WRITER, path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const closed = once(child, "close");
    const acknowledged = new Map<string, string>();
    const unknown = new Set<string>();
    const messages: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const { key, value, failed, message } = JSON.parse(line);
      if (failed === undefined) {
        acknowledged.set(key, value);
        continue;
      }
      expect(failed).toBe("StorageUnavailableError");
      messages.push(message);
      unknown.add(key);
      execFileSync("prlimit", ["--pid", String(child.pid), "--fsize=unlimited:"]);
    }
    expect(await closed).toEqual([0, null]);
    expect(messages[0]).toMatch(/^the storage failed: IO error: .*File too large/);
    expect(acknowledged.size).toBeGreaterThan(100);
    const storage = await openStorage();
    await expectKept(storage, acknowledged, unknown);
    await storage.close();
  });
});
