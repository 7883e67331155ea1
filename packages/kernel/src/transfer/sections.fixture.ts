import type { StorageEntry } from "@quarterdeck/sdk";
import type { StoredSection } from "./stored-section.js";

/** An entry of a config map; its value is the text. */
export function entry(
  name: string,
  modRevision: number,
  value: string,
  more: Partial<StorageEntry> = {},
): StorageEntry {
  const key = `/registry/configmaps/default/${name}`;
  return { key, value: Buffer.from(value), createRevision: modRevision, modRevision, ...more };
}

/** A section that holds these entries. */
export function section(name: string, revision: number, entries: readonly StorageEntry[]): StoredSection {
  return {
    name,
    revision,
    count: entries.length,
    async *entries() {
      yield* entries;
    },
  };
}

/** All that an async iterable gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Bytes as a stream would bring them, in chunks of this size. */
export async function* inChunks(bytes: Buffer, size = bytes.length): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
