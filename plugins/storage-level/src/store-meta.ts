import { StorageDamagedError, StorageOpenError } from "./open-errors.js";

/** The format that this version writes. Format 1 had no notes and no checksums in the log, and is read as it is. */
export const FORMAT = 2;
const OLDEST_FORMAT = 1;

/** What the record that describes a store says, besides the format. */
export interface StoreDescription {
  readonly compacted: number;
  /** True while a snapshot is being restored into it. */
  readonly filling: boolean;
}

/** A store that nothing was ever written to. */
export const NEW_STORE: StoreDescription = { compacted: 0, filling: false };

/** The record that describes the store. */
export function encodeMeta({ compacted, filling }: StoreDescription): Buffer {
  return Buffer.from(JSON.stringify({ format: FORMAT, compacted, ...(filling && { filling }) }));
}

/** What the record that describes a store says; an unknown format is an error. */
export function decodeMeta(bytes: Buffer, path: string): StoreDescription & { readonly format: number } {
  const what = "the record that describes the store";
  const { format, number, flags } = parseDescription(bytes, "compacted", what);
  assertFormat(format, path);
  return { format, compacted: number, filling: flags.get("filling") === true };
}

/** Reads `{format, <field>}`; anything else is damage. */
export function parseDescription(
  bytes: Buffer,
  field: string,
  what: string,
): { format: number; number: number; flags: ReadonlyMap<string, unknown> } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString());
  } catch (error) {
    throw new StorageDamagedError(`${what} cannot be read`, { cause: error });
  }
  const description = new Map(Object.entries(Object(parsed)));
  const format = description.get("format");
  const number = description.get(field);
  if (!isCount(format) || !isCount(number)) {
    throw new StorageDamagedError(`${what} cannot be understood`);
  }
  return { format, number, flags: description };
}

/** Refuses a store that another version has written. */
export function assertFormat(format: number, path: string): void {
  if (format < OLDEST_FORMAT || format > FORMAT) {
    const versions = `it has format ${format}, this version reads formats ${OLDEST_FORMAT} to ${FORMAT}`;
    throw new StorageOpenError(`the storage folder ${path} was written by another version: ${versions}`);
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
