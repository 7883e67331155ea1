import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAll } from "../fixtures/read-all.js";
import { LevelStorage } from "./index.js";
import { StorageDamagedError, StorageOpenError } from "./open-errors.js";

const READER = fileURLToPath(new URL("../fixtures/read-store.js", import.meta.url));
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const KEYS = 120;
const PARTS = 8;

let root: string;
let path: string;
/** The files of a whole store, with their content. */
const whole = new Map<string, Buffer>();
let content: readonly string[];

function newStorage(): LevelStorage {
  return new LevelStorage({ path, compactionSeconds: 0, maxValueBytes: 1048576, cacheBytes: 8388608 }, logger);
}

/** Opens the store and reads all of it. */
async function contentOf(): Promise<readonly string[]> {
  const storage = newStorage();
  await storage.open();
  return readAll(storage).finally(() => storage.close());
}

/** What becomes of a store with damage: it is refused, it says so when it is read, or nothing was lost. */
async function outcomeOf(damage: string): Promise<"refused" | "told" | "whole"> {
  try {
    expect(await contentOf(), damage).toEqual(content);
    return "whole";
  } catch (error) {
    if (error instanceof StorageDamagedError) return "told";
    if (!(error instanceof StorageOpenError)) throw error;
    expect(error.message, damage).toMatch(`the storage folder ${path} `);
    return "refused";
  }
}

/** The same in a process of its own, which LevelDB may end over a wrong byte in a table. */
async function outcomeElsewhere(damage: string): Promise<"refused" | "told" | "whole" | "ended"> {
  const child = spawn(process.execPath, [READER, path], { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [, signal] = await once(child, "close");
  if (signal !== null) return "ended";
  const { content: found, name } = JSON.parse(output);
  if (name === "StorageDamagedError") return "told";
  if (name !== undefined) {
    expect(name, damage).toBe("StorageOpenError");
    return "refused";
  }
  expect(found, damage).toEqual(content);
  return "whole";
}

async function restoreFiles(): Promise<void> {
  await rm(path, { recursive: true });
  await mkdir(path);
  for (const [name, bytes] of whole) await writeFile(join(path, name), bytes);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "storage-level-everywhere-"));
  path = join(root, "data");
  const fill = async (round: number) => {
    const storage = newStorage();
    await storage.open();
    for (let index = 0; index < KEYS; index++) {
      const value = Buffer.alloc(500, `value ${round} ${index * 7919} `);
      await storage.commit([{ type: "put", key: `/k/${index}`, value, note: Buffer.from(`note ${round}`) }]);
    }
    await storage.close();
  };
  // The second opening moves what the first one wrote into a table.
  await fill(1);
  await fill(2);
  for (const name of await readdir(path)) whole.set(name, await readFile(join(path, name)));
  content = await contentOf();
  expect(content.length).toBe(1 + 2 * KEYS + KEYS);
});

beforeEach(restoreFiles);

afterAll(async () => {
  await rm(root, { recursive: true });
});

describe("storage-level over a file that is damaged anywhere", () => {
  const kinds: readonly (readonly [string, RegExp])[] = [
    ["log", /\.log$/],
    ["table", /\.ldb$/],
    ["manifest", /^MANIFEST-/],
    ["CURRENT", /^CURRENT$/],
    ["mark", /^quarterdeck\.json$/],
  ];

  function fileLike(pattern: RegExp): { readonly name: string; readonly bytes: Buffer } {
    for (const [name, bytes] of whole) {
      if (pattern.test(name) && bytes.length > 0) return { name, bytes };
    }
    return expect.fail(`no file like ${pattern}`);
  }

  it.each(kinds.filter(([kind]) => kind !== "table"))(
    "loses nothing in silence when its %s has wrong bytes",
    async (_, pattern) => {
      const { name, bytes } = fileLike(pattern);
      const outcomes: string[] = [];
      for (let part = 0; part < PARTS; part++) {
        const at = Math.floor((bytes.length * part) / PARTS);
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
        await restoreFiles();
        await writeFile(join(path, name), damaged);
        outcomes.push(await outcomeOf(`${name} is wrong at ${at} of ${bytes.length}`));
      }
      expect(outcomes.filter((outcome) => outcome !== "whole").length).toBeGreaterThan(PARTS / 2);
    },
  );

  it("loses nothing in silence when a table has wrong bytes, and tells it at the latest at the second start", async () => {
    const { name, bytes } = fileLike(/\.ldb$/);
    for (let part = 0; part < PARTS; part++) {
      const at = Math.floor((bytes.length * part) / PARTS);
      const damage = `${name} is wrong at ${at} of ${bytes.length}`;
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
      await restoreFiles();
      await writeFile(join(path, name), damaged);
      if ((await outcomeElsewhere(damage)) === "ended") {
        await expect(contentOf(), damage).rejects.toThrow(`its table ${name} has a wrong checksum`);
      }
      // After an end that was not orderly no wrong byte gets as far as LevelDB.
      await restoreFiles();
      await writeFile(join(path, name), damaged);
      await writeFile(join(path, "quarterdeck.json"), '{"format":2,"revision":1}');
      await expect(contentOf(), damage).rejects.toThrow(`its table ${name} has a wrong checksum`);
    }
  });

  it.each(kinds)("loses nothing in silence when its %s is cut off", async (_, pattern) => {
    const { name, bytes } = fileLike(pattern);
    for (let part = 0; part < PARTS; part++) {
      const length = Math.floor((bytes.length * part) / PARTS);
      await restoreFiles();
      await writeFile(join(path, name), bytes.subarray(0, length));
      const damage = `${name} has ${length} of ${bytes.length} bytes`;
      expect(await outcomeOf(damage), damage).not.toBe("whole");
    }
  });

  it.each(kinds.filter(([kind]) => kind !== "mark"))("refuses to start when its %s is missing", async (_, pattern) => {
    const { name } = fileLike(pattern);
    await rm(join(path, name));
    expect(await outcomeOf(`${name} is missing`)).toBe("refused");
  });

  it("starts without its mark, which says nothing that the records do not", async () => {
    await rm(join(path, "quarterdeck.json"));
    expect(await outcomeOf("the mark is missing")).toBe("whole");
  });
});
