import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LevelStorage } from "./index.js";
import { StorageDamagedError, StorageOpenError } from "./open-errors.js";

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

async function contentOf(storage: LevelStorage): Promise<string[]> {
  const { entries, revision } = await storage.range({ prefix: "" });
  const notes = await Promise.all(entries.map(({ key }) => storage.versions(key)));
  const told = notes.map(({ versions }) => versions.map(({ value, note }) => `${value} ${note}`).join());
  return [`at ${revision}`, ...entries.map(({ key, value }, index) => `${key} ${value} ${told[index]}`)];
}

/** What becomes of a store with damage: it is refused, it says so when it is read, or nothing was lost. */
async function outcomeOf(damage: string): Promise<"refused" | "told" | "whole"> {
  const storage = newStorage();
  try {
    await storage.open();
  } catch (error) {
    expect(error, damage).toBeInstanceOf(StorageOpenError);
    expect(error, damage).toMatchObject({ message: expect.stringContaining(`the storage folder ${path} `) });
    return "refused";
  }
  try {
    expect(await contentOf(storage), damage).toEqual(content);
    return "whole";
  } catch (error) {
    if (error instanceof StorageDamagedError) return "told";
    throw error;
  } finally {
    await storage.close();
  }
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
  const storage = newStorage();
  await storage.open();
  content = await contentOf(storage);
  await storage.close();
  expect(content.length).toBe(KEYS + 1);
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

  it.each(kinds)("loses nothing in silence when its %s has wrong bytes", async (_, pattern) => {
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
