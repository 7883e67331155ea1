import type { StorageEntry } from "@quarterdeck/sdk";
import type { StoredSection } from "./stored-section.js";

/** The entries of several sections in one order of modRevision, and of keys within one revision. */
export async function* mergeEntries(sections: readonly StoredSection[]): AsyncGenerator<StorageEntry, void> {
  const readers = sections.map((section) => section.entries()[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(readers.map((reader) => reader.next()));
    for (;;) {
      let least = -1;
      for (const [at, head] of heads.entries()) {
        const best = heads[least];
        if (head.done === true) continue;
        if (best === undefined || best.done === true || isBefore(head.value, best.value)) least = at;
      }
      const reader = readers[least];
      const head = heads[least];
      if (reader === undefined || head === undefined || head.done === true) return;
      yield head.value;
      heads[least] = await reader.next();
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.return?.()));
  }
}

function isBefore(one: StorageEntry, other: StorageEntry): boolean {
  if (one.modRevision !== other.modRevision) return one.modRevision < other.modRevision;
  return Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)) < 0;
}
