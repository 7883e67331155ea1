import { createHash } from "node:crypto";
import type { StorageEntry } from "@quarterdeck/sdk";
import { type Frame, MAGIC, readFrames } from "./backup-frame.js";
import { type BackupHeader, decodeEntry, decodeHeader, decodeTrailer, RECORD } from "./backup-records.js";
import { DamagedBackupError } from "./damaged-backup-error.js";
import { REGISTRY_PREFIX } from "./stored-section.js";

/** What was found in a backup that is whole. */
export interface CheckedBackup {
  readonly header: BackupHeader;
  /** Where the first entry of each store begins, in bytes. */
  readonly offsets: readonly number[];
  /** The length of the whole. */
  readonly bytes: number;
}

/** Takes the magic off; what follows are frames. */
async function* behindMagic(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let pending: Buffer = Buffer.alloc(0);
  let checked = false;
  for await (const chunk of chunks) {
    if (checked) {
      yield chunk;
      continue;
    }
    pending = Buffer.concat([pending, chunk]);
    if (pending.length < MAGIC.length) continue;
    if (!pending.subarray(0, MAGIC.length).equals(MAGIC)) break;
    checked = true;
    if (pending.length > MAGIC.length) yield pending.subarray(MAGIC.length);
  }
  if (!checked) throw new DamagedBackupError("it does not begin as a backup does");
}

/** Follows the records of a backup and refuses whatever should not be there. */
class BackupChecker {
  readonly #hash = createHash("sha256").update(MAGIC);
  readonly #offsets: number[] = [];
  #header: BackupHeader | undefined;
  #entries = 0;
  #inStore = 0;
  #previous: StorageEntry | undefined;
  #ended = false;

  take({ payload, bytes, start, end }: Frame): void {
    if (this.#ended) throw new DamagedBackupError(`something follows its end at byte ${start}`);
    const type = payload[0];
    if ((this.#header === undefined) !== (type === RECORD.header))
      throw new DamagedBackupError("it has no header first");
    if (type === RECORD.trailer) {
      this.#end(payload);
      return;
    }
    this.#hash.update(bytes);
    if (type === RECORD.header) {
      this.#header = decodeHeader(payload);
      this.#enterStores(end);
      return;
    }
    if (type !== RECORD.entry) throw new DamagedBackupError(`the record at byte ${start} is of no known kind`);
    this.#checkEntry(decodeEntry(payload), start);
    this.#entries++;
    this.#inStore++;
    this.#enterStores(end);
  }

  result(bytes: number): CheckedBackup {
    if (this.#header === undefined || !this.#ended) throw new DamagedBackupError("it ends before its trailer");
    return { header: this.#header, offsets: this.#offsets, bytes };
  }

  get header(): BackupHeader | undefined {
    return this.#header;
  }

  get entries(): number {
    return this.#entries;
  }

  /** Goes on to the next store when all entries of the one before are there; empty ones are passed over. */
  #enterStores(offset: number): void {
    const stores = this.#header?.stores ?? [];
    if (this.#offsets.length === 0 && stores.length > 0) this.#offsets.push(offset);
    for (;;) {
      const store = stores[this.#offsets.length - 1];
      if (store === undefined || this.#inStore < store.count || this.#offsets.length === stores.length) return;
      this.#offsets.push(offset);
      this.#inStore = 0;
      this.#previous = undefined;
    }
  }

  #checkEntry(entry: StorageEntry, start: number): void {
    const store = this.#header?.stores[this.#offsets.length - 1];
    const { key, modRevision, createRevision } = entry;
    const before = this.#previous;
    const inOrder =
      before === undefined ||
      before.modRevision < modRevision ||
      (before.modRevision === modRevision && Buffer.compare(Buffer.from(before.key), Buffer.from(key)) < 0);
    const fits = store !== undefined && this.#inStore < store.count && modRevision <= store.revision;
    if (!inOrder || !fits || createRevision < 1 || createRevision > modRevision || !key.startsWith(REGISTRY_PREFIX)) {
      throw new DamagedBackupError(`the entry at byte ${start} does not belong there`);
    }
    this.#previous = entry;
  }

  #end(payload: Buffer): void {
    const { entries, sha256 } = decodeTrailer(payload);
    const expected = this.#header?.stores.reduce((sum, { count }) => sum + count, 0);
    if (entries !== this.#entries || entries !== expected) throw new DamagedBackupError("entries are missing");
    if (sha256 !== this.#hash.digest("hex")) throw new DamagedBackupError("its checksum is wrong");
    this.#ended = true;
  }
}

/**
 * Reads a backup to its end; throws {@link DamagedBackupError} unless every byte is as it was written. `report` is
 * told how many entries were read, and of how many as soon as that is known.
 */
export async function checkBackup(
  chunks: AsyncIterable<Buffer>,
  report: (done: number, total: number) => void = () => {},
): Promise<CheckedBackup> {
  const checker = new BackupChecker();
  let end: number = MAGIC.length;
  let total = 0;
  for await (const frame of readFrames(behindMagic(chunks), MAGIC.length)) {
    checker.take(frame);
    end = frame.end;
    if (total === 0) total = checker.header?.stores.reduce((sum, { count }) => sum + count, 0) ?? 0;
    report(checker.entries, total);
  }
  return checker.result(end);
}
