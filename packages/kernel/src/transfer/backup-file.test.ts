import { existsSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backupBytes } from "./backup-bytes.js";
import { BackupFile, writeBackupFile } from "./backup-file.js";
import { collect, entry, section } from "./sections.fixture.js";

const SECTIONS = [
  section("storage", 9, [entry("b", 2, "two"), entry("c", 7, "seven", { expiresAt: 1_800_000_000_000 })]),
  section("storage-none", 1, []),
  section("storage-events", 5, [entry("e", 5, "five", { createRevision: 4 })]),
];

describe("the file of a backup", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-backup-"));
    path = join(folder, "a.backup");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const chunks = () => backupBytes(SECTIONS, new Date(0));

  it("gives back what was written, section by section, and is its owner's alone", async () => {
    await writeBackupFile(path, chunks());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.partial`)).toBe(false);
    const file = await BackupFile.open(path);
    for (const [at, { name, revision, count, entries }] of SECTIONS.entries()) {
      expect(file.sections[at]).toMatchObject({ name, revision, count });
      // Twice: a section may be read for each of several storages.
      expect(await collect(file.sections[at]?.entries() ?? entries())).toEqual(await collect(entries()));
      expect(await collect(file.sections[at]?.entries() ?? entries())).toEqual(await collect(entries()));
    }
    await file.close();
  });

  it("is never written over, nor is one that is being written", async () => {
    await writeFile(path, "mine");
    await expect(writeBackupFile(path, chunks())).rejects.toThrow(`${path} exists already`);
    expect(await readFile(path, "utf8")).toBe("mine");
    await writeFile(`${path}2.partial`, "another run's");
    await expect(writeBackupFile(`${path}2`, chunks())).rejects.toThrow(`${path}2.partial exists already`);
    expect(await readFile(`${path}2.partial`, "utf8")).toBe("another run's");
  });

  it("is not there when what was to be written broke off", async () => {
    async function* broken() {
      for await (const chunk of chunks()) {
        yield chunk;
        throw new Error("the connection was lost");
      }
    }
    await expect(writeBackupFile(path, broken())).rejects.toThrow("the connection was lost");
    async function* short() {
      for await (const chunk of chunks()) yield chunk.subarray(0, 30);
    }
    await expect(writeBackupFile(path, short())).rejects.toThrow("byte");
    expect(existsSync(path) || existsSync(`${path}.partial`)).toBe(false);
  });

  it("is refused by name when it was cut short", async () => {
    await writeBackupFile(path, chunks());
    await truncate(path, statSync(path).size - 1);
    await expect(BackupFile.open(path)).rejects.toThrow(
      new RegExp(`^${path} is no whole backup: it ends in the middle of a record at byte \\d+$`),
    );
  });
});
