/**
 * Checks LevelDB's tables, which LevelDB itself reads without a look at their checksums: a wrong byte can end the
 * process in one of its assertions. The format is in doc/table_format.md of LevelDB.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { crc32c } from "./crc32c.js";
import { StorageDamagedError } from "./open-errors.js";
import { type ByteReader, readVarint, uncompressSnappy } from "./snappy.js";

const TABLE = /\.(?:ldb|sst)$/;
const FOOTER_BYTES = 48;
const TRAILER_BYTES = 5;
const MAGIC = Buffer.from("57fb808b247547db", "hex");
const SNAPPY = 1;

/** A table that is not as it was written. */
export interface BrokenTable {
  readonly name: string;
  /** Tells the file from another one that was written under the same name. */
  readonly identity: string;
}

/** The broken tables in a folder; one may be left over from a crash, and be removed or written anew by LevelDB. */
export async function findBrokenTables(path: string): Promise<BrokenTable[]> {
  const names = (await readdir(path)).filter((name) => TABLE.test(name));
  const broken: BrokenTable[] = [];
  for (const name of names) {
    const identity = await identityOf(join(path, name));
    const table = await readFile(join(path, name)).catch(unlessGone);
    if (identity !== undefined && table !== undefined && !isWholeTable(table)) {
      broken.push({ name, identity });
    }
  }
  return broken;
}

/** Throws when the database, which is open by now, still has one of these tables. */
export async function assertGone(path: string, tables: readonly BrokenTable[]): Promise<void> {
  for (const { name, identity } of tables) {
    if ((await identityOf(join(path, name))) === identity) {
      throw new StorageDamagedError(`its table ${name} has a wrong checksum`);
    }
  }
}

async function identityOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(unlessGone);
  return found && `${found.ino} ${found.size} ${found.mtimeNs}`;
}

/** A process that has the folder open removes tables while they are being read. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") {
    throw error;
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
