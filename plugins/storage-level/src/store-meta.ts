import { StorageDamagedError, StorageOpenError } from "./open-errors.js";

/** The format that this version reads and writes. */
export const FORMAT = 1;

/** The record that describes the store. */
export function encodeMeta(compacted: number): Buffer {
  return Buffer.from(JSON.stringify({ format: FORMAT, compacted }));
}

/** The compacted revision of a store; an unknown format is an error. */
export function decodeMeta(bytes: Buffer, path: string): number {
  const { format, number } = parseDescription(bytes, "compacted", "the record that describes the store");
  assertFormat(format, path);
  return number;
}

/** Reads `{format, <field>}`; anything else is damage. */
export function parseDescription(bytes: Buffer, field: string, what: string): { format: number; number: number } {
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
  return { format, number };
}

/** Refuses a store that another version has written. */
export function assertFormat(format: number, path: string): void {
  if (format !== FORMAT) {
    const versions = `it has format ${format}, this version reads format ${FORMAT}`;
    throw new StorageOpenError(`the storage folder ${path} was written by another version: ${versions}`);
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
