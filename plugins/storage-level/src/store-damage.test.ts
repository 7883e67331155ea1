import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, chmod, cp, mkdtemp, open, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Paths } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./database.js";
import { LevelStorage } from "./index.js";
import { META_KEY } from "./key-layout.js";
import { StorageOpenError } from "./open-errors.js";

const OPENER = fileURLToPath(new URL("../fixtures/open-store.js", import.meta.url));
const WRITER = fileURLToPath(new URL("../fixtures/crash-writer.js", import.meta.url));
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const KEYS = 200;

let root: string;
let path: string;
const opened: LevelStorage[] = [];

function optionsFor(folder: string) {
  return { path: folder, compactionSeconds: 0, maxValueBytes: 1048576, cacheBytes: 8388608 };
}

async function openStorage(folder = path): Promise<LevelStorage> {
  const storage = new LevelStorage(optionsFor(folder), logger);
  await storage.open();
  opened.push(storage);
  return storage;
}

/** Writes keys one after the other, so that each has a record of its own in LevelDB's log. */
async function fill(storage: LevelStorage): Promise<void> {
  for (let index = 0; index < KEYS; index++) {
    const value = Buffer.alloc(1000, `value ${index} `);
    await storage.commit([{ type: "put", key: `/k/${index}`, value, expected: 0 }]);
  }
}

async function fileLike(pattern: RegExp): Promise<string> {
  const name = (await readdir(path)).find((candidate) => pattern.test(candidate));
  return join(path, name ?? expect.fail(`no file like ${pattern}`));
}

async function garble(file: string, at: number, bytes = 64): Promise<void> {
  const handle = await open(file, "r+");
  await handle.write(Buffer.alloc(bytes, 0xa5), 0, bytes, at);
  await handle.close();
}

async function failureOf(folder = path): Promise<string> {
  const error: unknown = await openStorage(folder).then(
    () => expect.fail("the folder was opened"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageOpenError);
  return error instanceof Error ? error.message : "";
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "storage-level-damage-"));
  path = join(root, "data");
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
  await rm(root, { recursive: true });
});

describe("storage-level over damaged data", () => {
  beforeEach(async () => {
    const storage = await openStorage();
    await fill(storage);
    await storage.close();
  });

  it("refuses a log with a hole", async () => {
    const log = await fileLike(/\.log$/);
    await garble(log, Math.floor((await stat(log)).size / 2));
    expect(await failureOf()).toMatch(`the storage folder ${path} is damaged: `);
  });

  it("refuses a log that lost its end after an orderly close", async () => {
    const log = await fileLike(/\.log$/);
    await truncate(log, Math.floor((await stat(log)).size / 2));
    expect(await failureOf()).toMatch(/is damaged: it reached revision 201 and has only the records up to \d+/);
  });

  it("refuses a log that lost everything", async () => {
    await truncate(await fileLike(/\.log$/), 0);
    expect(await failureOf()).toMatch("is damaged");
  });

  it.each([
    ["CURRENT", /^CURRENT$/],
    ["MANIFEST", /^MANIFEST-/],
  ])("refuses a folder without its %s", async (_, pattern) => {
    await rm(await fileLike(pattern));
    expect(await failureOf()).toMatch(`the storage folder ${path} `);
  });

  it("refuses a folder without one of its tables", async () => {
    await (await openStorage()).close();
    await rm(await fileLike(/\.ldb$/));
    expect(await failureOf()).toMatch("is damaged");
  });

  it("refuses a folder with nothing but its mark", async () => {
    for (const name of await readdir(path)) {
      if (name !== "quarterdeck.json") {
        await rm(join(path, name));
      }
    }
    expect(await failureOf()).toMatch("is damaged: its file CURRENT is missing");
  });

  it.each(["mark", "record"])("refuses another format in its %s", async (place) => {
    if (place === "mark") {
      await writeFile(join(path, "quarterdeck.json"), JSON.stringify({ format: 7, revision: 1 }));
    } else {
      const database = await openDatabase(path, 1048576);
      await database.put(META_KEY, Buffer.from(JSON.stringify({ format: 7, compacted: 0 })));
      await database.close();
    }
    expect(await failureOf()).toMatch(
      "was written by another version: it has format 7, this version reads formats 1 to 2",
    );
  });

  it.each(["garbage", "null", "{}", '{"format":1,"revision":-1}'])("refuses the mark %s", async (mark) => {
    await writeFile(join(path, "quarterdeck.json"), mark);
    expect(await failureOf()).toMatch("is damaged: its file quarterdeck.json");
  });
});

describe("storage-level after a crash", () => {
  /** The folder as a crash would leave it: copied while the store is open. */
  async function crashed(): Promise<string> {
    await fill(await openStorage());
    const copy = join(root, "crashed");
    await cp(path, copy, { recursive: true });
    return copy;
  }

  it("reads all that was acknowledged when the last write was torn", async () => {
    const copy = await crashed();
    path = copy;
    const record = Buffer.alloc(500, 0x17);
    await appendFile(await fileLike(/\.log$/), record);
    const storage = await openStorage(copy);
    expect(await storage.currentRevision()).toBe(KEYS + 1);
    expect((await storage.range({ prefix: "/k/" })).count).toBe(KEYS);
  });

  it("takes no offence at tables that were being written, whose names may be used again", async () => {
    const copy = await crashed();
    path = copy;
    const names = await readdir(copy);
    for (let number = 1; number < 30; number++) {
      const digits = String(number).padStart(6, "0");
      if (!names.some((name) => name.includes(digits))) {
        await writeFile(join(copy, `${digits}.ldb`), Buffer.alloc(5000, 0x17));
      }
    }
    const storage = await openStorage(copy);
    expect(await storage.currentRevision()).toBe(KEYS + 1);
    expect((await storage.range({ prefix: "/k/" })).count).toBe(KEYS);
  });

  it("drops a torn commit as a whole and no other", async () => {
    const copy = await crashed();
    path = copy;
    const log = await fileLike(/\.log$/);
    await truncate(log, (await stat(log)).size - 500);
    const storage = await openStorage(copy);
    expect(await storage.currentRevision()).toBe(KEYS);
    expect((await storage.range({ prefix: "/k/" })).count).toBe(KEYS - 1);
    expect((await storage.get(`/k/${KEYS - 1}`)).entry).toBeUndefined();
    expect((await storage.commit([{ type: "put", key: "/next", value: Buffer.from("x") }])).revision).toBe(KEYS + 1);
  });
});

describe("storage-level and its folder", () => {
  it("is `store` in the data folder of the server, or as the config says it", async () => {
    class TestPaths extends Paths {
      readonly data = join(root, "server-data");
      resolve(relative: string): string {
        return join(root, "config", relative);
      }
      watch(): () => void {
        return () => {};
      }
    }
    const { path: _, ...defaults } = optionsFor("");
    for (const options of [defaults, { ...defaults, path: "here" }]) {
      const storage = new LevelStorage(options, logger, new TestPaths());
      await storage.open();
      opened.push(storage);
    }
    expect(await readdir(join(root, "server-data"))).toEqual(["store"]);
    expect(await readdir(join(root, "config"))).toEqual(["here"]);
  });

  it("makes it for nobody else", async () => {
    await openStorage(join(root, "a", "b"));
    expect((await stat(join(root, "a", "b"))).mode & 0o777).toBe(0o700);
  });

  it("refuses one that another process has open", async () => {
    const child = spawn(process.execPath, [WRITER, path], { stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(child, "close");
    await once(child.stdout, "data");
    child.stdout.resume();
    try {
      expect(await failureOf()).toBe(
        `the storage folder ${path} is in use by another process: stop that process or name another folder`,
      );
    } finally {
      child.kill("SIGKILL");
      await closed;
    }
    expect((await (await openStorage()).range({ prefix: "/marker/" })).count).toBeGreaterThan(0);
  });

  it("refuses one that holds another LevelDB database", async () => {
    const database = await openDatabase(path, 1048576);
    await database.put(Buffer.from("x"), Buffer.from("y"));
    await database.close();
    expect(await failureOf()).toMatch(`${path} holds a LevelDB database that is not of this server`);
  });

  it("refuses a file", async () => {
    await writeFile(path, "");
    expect(await failureOf()).toMatch(`the storage folder ${path} cannot be opened: EEXIST`);
  });

  describe("without the rights that it takes", () => {
    /** Opens the folder in a process of an ordinary user, which root becomes for that. */
    async function openAsUser(): Promise<string> {
      const child = spawn(process.execPath, [OPENER, path], { stdio: ["ignore", "pipe", "inherit"] });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
      await once(child, "close");
      return output;
    }

    it.each([
      ["enter", 0o000],
      ["write", 0o555],
    ])("refuses one that it may not %s, and leaves it as it is", async (_, mode) => {
      await chmod(root, 0o755);
      const storage = await openStorage();
      await fill(storage);
      await storage.close();
      const before = await readdir(path);
      await chmod(path, mode);
      try {
        expect(await openAsUser()).toMatch(
          new RegExp(`^StorageOpenError: the storage folder ${path} cannot be opened: .*(EACCES|Permission denied)`),
        );
      } finally {
        await chmod(path, 0o700);
      }
      expect(await readdir(path)).toEqual(before);
      expect((await (await openStorage()).range({ prefix: "/k/" })).count).toBe(KEYS);
    });

    it("refuses a file of its own that it may not read", async () => {
      await chmod(root, 0o755);
      await (await openStorage()).close();
      await chmod(path, 0o777);
      const mark = join(path, "quarterdeck.json");
      await chmod(mark, 0o000);
      expect(await openAsUser()).toMatch(`the storage folder ${path} cannot be opened: EACCES: permission denied`);
    });

    it("refuses to make one where it may not", async () => {
      await chmod(root, 0o555);
      try {
        expect(await openAsUser()).toMatch(`the storage folder ${path} cannot be opened: EACCES: permission denied`);
      } finally {
        await chmod(root, 0o700);
      }
    });
  });
});
