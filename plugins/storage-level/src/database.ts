import type { ClassicLevel } from "classic-level";

/** The LevelDB database: bytes to bytes. */
export type Database = ClassicLevel<Buffer, Buffer>;

/**
 * How much is written before LevelDB sorts it into tables: four times its default saves a tenth of the CPU of a commit,
 * and is at most so much to read again after a crash.
 */
const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;

/** Opens LevelDB; the library is loaded only now, so that a server on another backend does not pay for it. */
export async function openDatabase(path: string, cacheBytes: number): Promise<Database> {
  const { ClassicLevel } = await import("classic-level");
  const database: Database = new ClassicLevel<Buffer, Buffer>(path, {
    keyEncoding: "buffer",
    valueEncoding: "buffer",
    cacheSize: cacheBytes,
    writeBufferSize: WRITE_BUFFER_BYTES,
  });
  await database.open();
  return database;
}
