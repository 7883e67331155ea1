import { existsSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { StorageEntry } from "@quarterdeck/sdk";
import { readFrames } from "./backup-frame.js";
import { type BackupHeader, decodeEntry } from "./backup-records.js";
import { DamagedBackupError } from "./damaged-backup-error.js";
import { type CheckedBackup, checkBackup } from "./read-backup.js";
import type { ReportProgress, StoredSection } from "./stored-section.js";

const CHUNK_BYTES = 256 * 1024;

/** A file stands where one was to be written. */
class FileExistsError extends Error {
  override readonly name = "FileExistsError";

  constructor(path: string) {
    super(`${path} exists already: it is not written over`);
  }
}

/** Throws {@link FileExistsError} when there is a file of this name. */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw new FileExistsError(path);
}

async function* written(chunks: AsyncIterable<Buffer>, file: FileHandle): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
    yield chunk;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Writes a backup to a file that only its owner may read. Under its name there is nothing until all of it is on disk and
 * was found to be whole; until then it is `<path>.partial`.
 */
export async function writeBackupFile(
  path: string,
  chunks: AsyncIterable<Buffer>,
  report?: ReportProgress,
): Promise<CheckedBackup> {
  refuseExisting(path);
  const partial = `${path}.partial`;
  const file = await open(partial, "wx", 0o600).catch((error: unknown) => {
    throw error instanceof Error && "code" in error && error.code === "EEXIST" ? new FileExistsError(partial) : error;
  });
  try {
    let checked: CheckedBackup;
    try {
      checked = await checkBackup(written(chunks, file), report);
      await file.sync();
    } finally {
      await file.close();
    }
    refuseExisting(path);
    await rename(partial, path);
    await syncFolder(path);
    return checked;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** A backup on disk that was found to be whole, open for reading. */
export class BackupFile {
  private constructor(
    private readonly file: FileHandle,
    readonly header: BackupHeader,
    /** In the order of the file. */
    readonly sections: readonly StoredSection[],
  ) {}

  /** Reads all of it once; throws {@link DamagedBackupError} with the name of the file. */
  static async open(path: string, report?: ReportProgress): Promise<BackupFile> {
    const file = await open(path, "r");
    try {
      const { header, offsets } = await checkBackup(chunksOf(file, 0), report);
      const sections = header.stores.map((store, at) => ({
        ...store,
        entries: () => entriesOf(file, offsets[at] ?? 0, store.count),
      }));
      return new BackupFile(file, header, sections);
    } catch (error) {
      await file.close();
      if (!(error instanceof DamagedBackupError)) throw error;
      throw new DamagedBackupError(`${path} is no whole backup: ${error.message}`, { cause: error });
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** Read by position, so that several readers do not disturb each other. */
async function* chunksOf(file: FileHandle, start: number): AsyncGenerator<Buffer, void> {
  for (let position = start; ; ) {
    // A new buffer each time: entries are views of it.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* entriesOf(file: FileHandle, start: number, count: number): AsyncGenerator<StorageEntry, void> {
  if (count === 0) return;
  let left = count;
  for await (const { payload } of readFrames(chunksOf(file, start), start)) {
    yield decodeEntry(payload);
    if (--left === 0) return;
  }
}
