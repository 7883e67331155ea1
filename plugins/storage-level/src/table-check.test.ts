import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { crc32c } from "./crc32c.js";
import { openDatabase } from "./database.js";
import { findBrokenTables, isWholeTable } from "./table-check.js";

const FOOTER_BYTES = 48;

describe("the check of tables", () => {
  let path: string;

  /** A table that LevelDB writes of records with these values. */
  async function tableOf(records: number, valueAt: (index: number) => string): Promise<Buffer> {
    const database = await openDatabase(path, 1048576);
    for (let index = 0; index < records; index++) {
      await database.put(Buffer.from(`a long key in common ${"x".repeat(200)} ${index}`), Buffer.from(valueAt(index)));
    }
    await database.compactRange(Buffer.from("a"), Buffer.from("b"));
    await database.close();
    const name = (await readdir(path)).find((candidate) => candidate.endsWith(".ldb"));
    return readFile(join(path, name ?? expect.fail("LevelDB has written no table")));
  }

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), "storage-level-table-"));
  });

  afterEach(async () => {
    await rm(path, { recursive: true });
  });

  it("has LevelDB's checksum", () => {
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.alloc(0))).toBe(0);
  });

  it("finds any wrong byte, in one block and in many", async () => {
    const table = await tableOf(400, (index) => `value ${index * 7919} `.repeat(20));
    expect(isWholeTable(table)).toBe(true);
    expect(await findBrokenTables(path)).toEqual([]);
    for (let at = 0; at < table.length - FOOTER_BYTES; at += 1 + Math.floor(table.length / 2000)) {
      table[at] = (table[at] ?? 0) ^ 0x10;
      expect(isWholeTable(table), `a wrong byte at ${at}`).toBe(false);
      table[at] = (table[at] ?? 0) ^ 0x10;
    }
    for (const length of [0, 10, FOOTER_BYTES, table.length - 1]) {
      expect(isWholeTable(table.subarray(0, length))).toBe(false);
    }
  });

  it("takes blocks apart whose index is compressed and whose values are not", async () => {
    const table = await tableOf(300, () =>
      Buffer.from(crypto.getRandomValues(new Uint8Array(3000))).toString("latin1"),
    );
    expect(isWholeTable(table)).toBe(true);
  });
});
