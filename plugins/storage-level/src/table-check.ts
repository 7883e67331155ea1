/**
 * Checks LevelDB's tables, which LevelDB itself reads without a look at their checksums: a wrong byte can end the
 * process in one of its assertions. The format is in doc/table_format.md of LevelDB.
 */
import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32c } from "./crc32c.js";
import { StorageDamagedError } from "./open-errors.js";
import { type ByteReader, readVarint, uncompressSnappy } from "./snappy.js";

const TABLE = /\.(?:ldb|sst)$/;
const FOOTER_BYTES = 48;
const TRAILER_BYTES = 5;
const MAGIC = Buffer.from("57fb808b247547db", "hex");
const SNAPPY = 1;

/** The tables in a folder that are not as they were written; one of them may be left over from a crash. */
export async function findBrokenTables(path: string): Promise<string[]> {
  const names = (await readdir(path)).filter((name) => TABLE.test(name));
  const broken: string[] = [];
  for (const name of names) {
    const table = await readFile(join(path, name)).catch(unlessGone);
    if (table !== undefined && !isWholeTable(table)) {
      broken.push(name);
    }
  }
  return broken;
}

/** A process that has the folder open removes tables while they are being read. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") {
    throw error;
  }
}

/** Throws when the database, which has removed what was left over, still has one of these tables. */
export async function assertGone(path: string, tables: readonly string[]): Promise<void> {
  for (const name of tables) {
    const there = await access(join(path, name)).then(
      () => true,
      () => false,
    );
    if (there) {
      throw new StorageDamagedError(`its table ${name} has a wrong checksum`);
    }
  }
}

/** Whether every block of a table has the checksum that it was written with. */
export function isWholeTable(table: Buffer): boolean {
  const footer = table.length - FOOTER_BYTES;
  if (footer < 0 || !table.subarray(-MAGIC.length).equals(MAGIC)) {
    return false;
  }
  const reader = { bytes: table, at: footer };
  // One index points at the filter, the other one at the records.
  return [readHandle(reader), readHandle(reader)].every((handle) => {
    const index = uncompressed(table, handle);
    return index !== undefined && handlesOf(index).every((block) => blockAt(table, block) !== undefined);
  });
}

/** Where a block lies. */
interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

function readHandle(reader: ByteReader): BlockHandle {
  return { offset: readVarint(reader), size: readVarint(reader) };
}

/** The bytes of a block; undefined when its checksum is wrong. */
function blockAt(table: Buffer, { offset, size }: BlockHandle): Buffer | undefined {
  const end = offset + size;
  if (end + TRAILER_BYTES > table.length) {
    return undefined;
  }
  const crc = crc32c(table.subarray(offset, end + 1));
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  return table.readUInt32LE(end + 1) === masked ? table.subarray(offset, end) : undefined;
}

function uncompressed(table: Buffer, handle: BlockHandle): Buffer | undefined {
  const block = blockAt(table, handle);
  return block !== undefined && table[handle.offset + handle.size] === SNAPPY ? uncompressSnappy(block) : block;
}

/** What an index block points at: each entry has a key, of which nothing is needed, and a handle. */
function handlesOf(index: Buffer): BlockHandle[] {
  const restarts = index.length < 4 ? 0 : index.readUInt32LE(index.length - 4);
  const end = index.length - 4 - 4 * restarts;
  const handles: BlockHandle[] = [];
  const reader = { bytes: index, at: 0 };
  while (reader.at < end) {
    readVarint(reader);
    const keyBytes = readVarint(reader);
    const valueBytes = readVarint(reader);
    reader.at += keyBytes;
    const next = reader.at + valueBytes;
    handles.push(readHandle(reader));
    reader.at = next;
  }
  return handles;
}
