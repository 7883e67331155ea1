import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import type { StorageEntry } from "@quarterdeck/sdk";
import { encodeFrame } from "./backup-frame.js";
import { DamagedBackupError } from "./damaged-backup-error.js";

/** The version of the format; a reader takes no other. */
export const BACKUP_VERSION = 1;

/** What each record begins with. */
export const RECORD = { header: 0x48, entry: 0x45, trailer: 0x54 } as const;

/** A storage as the header names it. */
interface BackupStore {
  readonly name: string;
  readonly revision: number;
  readonly count: number;
}

/** The first record. */
export interface BackupHeader {
  readonly version: number;
  /** When it was made, RFC 3339. */
  readonly created: string;
  /** In the order in which their entries follow. */
  readonly stores: readonly BackupStore[];
}

/** The last record. */
export interface BackupTrailer {
  readonly entries: number;
  /** Of all bytes before the trailer, the magic included; hexadecimal. */
  readonly sha256: string;
}

/** type (1)  modRevision (8)  createRevision (8)  expiresAt (8)  key length (4) */
const ENTRY_HEAD_BYTES = 29;

function jsonRecord(type: number, content: BackupHeader | BackupTrailer): Buffer {
  return encodeFrame(Buffer.from([type]), Buffer.from(JSON.stringify(content)));
}

/** The frame of the header. */
export function encodeHeader(header: BackupHeader): Buffer {
  return jsonRecord(RECORD.header, header);
}

/** The frame of the trailer. */
export function encodeTrailer(trailer: BackupTrailer): Buffer {
  return jsonRecord(RECORD.trailer, trailer);
}

/** The frame of an entry. */
export function encodeEntry({ key, value, modRevision, createRevision, expiresAt = 0 }: StorageEntry): Buffer {
  const head = Buffer.alloc(ENTRY_HEAD_BYTES);
  head[0] = RECORD.entry;
  head.writeBigUInt64BE(BigInt(modRevision), 1);
  head.writeBigUInt64BE(BigInt(createRevision), 9);
  head.writeBigUInt64BE(BigInt(Math.max(0, Math.trunc(expiresAt))), 17);
  const keyBytes = Buffer.from(key);
  head.writeUInt32BE(keyBytes.length, 25);
  return encodeFrame(head, keyBytes, value);
}

/** An entry of a payload whose checksum was right. */
export function decodeEntry(payload: Buffer): StorageEntry {
  const keyEnd = payload.length < ENTRY_HEAD_BYTES ? Infinity : ENTRY_HEAD_BYTES + payload.readUInt32BE(25);
  if (keyEnd > payload.length) throw new DamagedBackupError("an entry is too short for its key");
  const expiresAt = Number(payload.readBigUInt64BE(17));
  return {
    key: payload.toString("utf8", ENTRY_HEAD_BYTES, keyEnd),
    value: payload.subarray(keyEnd),
    modRevision: Number(payload.readBigUInt64BE(1)),
    createRevision: Number(payload.readBigUInt64BE(9)),
    ...(expiresAt > 0 && { expiresAt }),
  };
}

function parseJson(payload: Buffer, what: string): JsonObject {
  let content: unknown;
  try {
    content = JSON.parse(payload.toString("utf8", 1));
  } catch {
    content = undefined;
  }
  if (!isJsonObject(content)) throw new DamagedBackupError(`its ${what} cannot be read`);
  return content;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** The header of a payload; throws for another version of the format. */
export function decodeHeader(payload: Buffer): BackupHeader {
  const { version, created, stores } = parseJson(payload, "header");
  if (version !== BACKUP_VERSION) {
    throw new DamagedBackupError(
      `it has version ${JSON.stringify(version)} of the format, this server reads version 1`,
    );
  }
  if (typeof created !== "string" || !Array.isArray(stores)) throw new DamagedBackupError("its header is incomplete");
  return {
    version,
    created,
    stores: stores.map((store): BackupStore => {
      const { name, revision, count } = Object(store);
      if (typeof name === "string" && isCount(revision) && isCount(count)) return { name, revision, count };
      throw new DamagedBackupError("its header is incomplete");
    }),
  };
}

/** The trailer of a payload. */
export function decodeTrailer(payload: Buffer): BackupTrailer {
  const { entries, sha256 } = parseJson(payload, "trailer");
  if (isCount(entries) && typeof sha256 === "string") return { entries, sha256 };
  throw new DamagedBackupError("its trailer is incomplete");
}
