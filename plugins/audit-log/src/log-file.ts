import { type FileHandle, open, stat } from "node:fs/promises";
import type { Logger } from "@quarterdeck/sdk";
import { type KeptFiles, putAside, tidyOldFiles } from "./old-files.js";

/** How often it is asked whether the file still stands under its name, in milliseconds. */
const LOOK_EVERY = 1000;

/** The limits of a log file. */
export interface LogFileOptions extends KeptFiles {
  readonly path: string;
  /** Bytes after which a new file is begun; 0 for never. */
  readonly maxBytes: number;
}

/** All parts by one call; it may take less than it was given, as when the disk is nearly full. */
async function writeAll(handle: FileHandle, parts: readonly Buffer[]): Promise<void> {
  let rest = [...parts];
  while (rest.length > 0) {
    let { bytesWritten } = await handle.writev(rest);
    rest = rest.flatMap((part) => {
      const taken = Math.min(part.length, bytesWritten);
      bytesWritten -= taken;
      return taken === part.length ? [] : [part.subarray(taken)];
    });
  }
}

/** A file that lines are appended to by one caller at a time, and that is begun anew when it is full. */
export class LogFile {
  #handle: FileHandle | undefined;
  #size = 0;
  #inode: bigint | undefined;
  #lookedAt = 0;
  #tidying: Promise<void> | undefined;

  constructor(
    private readonly options: LogFileOptions,
    private readonly logger: Logger,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Opens or makes the file, readable by its owner alone. */
  async open(): Promise<void> {
    const handle = await open(this.options.path, "a", 0o600);
    const { size, ino } = await handle.stat({ bigint: true });
    this.#handle = handle;
    this.#size = Number(size);
    this.#inode = ino;
    this.#lookedAt = Date.now();
  }

  /** Resolves when the operating system has the bytes: they survive the end of the process. */
  async append(parts: readonly Buffer[]): Promise<void> {
    await this.#followName();
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#isFull(length)) await this.#beginAnew();
    const handle = await this.#opened();
    try {
      await writeAll(handle, parts);
      this.#size += length;
    } catch (error) {
      // What was written of it is not known, so the next line must not follow half of one unseen.
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
    await this.#tidying;
  }

  async #opened(): Promise<FileHandle> {
    if (this.#handle === undefined) await this.open();
    if (this.#handle === undefined) throw new TypeError("the file is not open");
    return this.#handle;
  }

  #isFull(more: number): boolean {
    const { maxBytes } = this.options;
    return maxBytes > 0 && this.#size > 0 && this.#size + more > maxBytes;
  }

  /** Others may have moved the file away, as logrotate does; then one of its name is begun. */
  async #followName(): Promise<void> {
    const now = Date.now();
    if (this.#handle === undefined || now - this.#lookedAt < LOOK_EVERY) return;
    this.#lookedAt = now;
    const there = await stat(this.options.path, { bigint: true }).catch(() => undefined);
    if (there?.ino !== this.#inode) await this.close();
  }

  async #beginAnew(): Promise<void> {
    await this.close();
    const now = this.now();
    await putAside(this.options.path, now);
    await this.open();
    this.#tidying = tidyOldFiles(this.options.path, this.options, now).catch((error: unknown) => {
      this.logger.error("old audit files cannot be tidied", { reason: String(error) });
    });
  }
}
