import type { CommitResult, Storage, StorageEntry } from "@quarterdeck/sdk";
import { expect } from "vitest";

/** Puts one key and returns the revision; a mismatch fails the test. */
export async function put(storage: Storage, key: string, value: string, expected?: number): Promise<number> {
  const operation = { type: "put", key, value: Buffer.from(value) } as const;
  return revisionOf(await storage.commit([expected === undefined ? operation : { ...operation, expected }]));
}

/** Deletes one key and returns the revision; a mismatch fails the test. */
export async function remove(storage: Storage, key: string, expected?: number): Promise<number> {
  const operation = { type: "delete", key } as const;
  return revisionOf(await storage.commit([expected === undefined ? operation : { ...operation, expected }]));
}

/** What a key holds, as text; undefined when it does not exist. */
export async function text(storage: Storage, key: string, revision?: number): Promise<string | undefined> {
  const result = await storage.get(key, revision === undefined ? {} : { revision });
  return result.entry?.value.toString();
}

/** Entries as `key=value`, for comparing whole pages. */
export function pairs(entries: readonly StorageEntry[]): string[] {
  return entries.map((entry) => `${entry.key}=${entry.value.toString()}`);
}

/** The revision of a commit that must have succeeded. */
export function revisionOf(result: CommitResult): number {
  expect(result.committed, "the commit was expected to succeed").toBe(true);
  return result.revision;
}
