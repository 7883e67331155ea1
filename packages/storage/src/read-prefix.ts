import type { RangeOptions, Storage, StorageEntry } from "@quarterdeck/sdk";

/** Entries on their way into a cache are garbage soon after: this many at once. */
const PAGE = 5_000;

/** A part of all that a prefix holds at one revision. */
export interface PrefixPage {
  readonly entries: readonly StorageEntry[];
  /** The same on all pages. */
  readonly revision: number;
}

/** Reads all that a prefix holds, page by page, as of the revision of the first one; at least one page comes. */
export async function* readPrefix(
  storage: Pick<Storage, "range">,
  prefix: string,
): AsyncGenerator<PrefixPage, void, void> {
  let options: RangeOptions = { prefix, limit: PAGE, uncounted: true };
  for (;;) {
    const { entries, revision, more } = await storage.range(options);
    yield { entries, revision };
    const last = entries.at(-1);
    if (!more || last === undefined) return;
    options = { ...options, after: last.key, revision };
  }
}
