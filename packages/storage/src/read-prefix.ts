import type { RangeOptions, Storage, StorageEntry } from "@quarterdeck/sdk";

/** A backend that answers over a network is read in pages of so many. */
const REMOTE_PAGE = 5_000;

/** A part of all that a prefix holds at one revision. */
export interface PrefixPage {
  readonly entries: readonly StorageEntry[];
  /** The same on all pages. */
  readonly revision: number;
}

/** Reads all that a prefix holds, from a remote backend page by page, as of the revision of the first one; at least one page comes. */
export async function* readPrefix(
  storage: Pick<Storage, "range" | "embedded">,
  prefix: string,
): AsyncGenerator<PrefixPage, void, void> {
  // An embedded one has it at hand just after the start.
  let options: RangeOptions = storage.embedded === true ? { prefix } : { prefix, limit: REMOTE_PAGE, uncounted: true };
  for (;;) {
    const { entries, revision, more } = await storage.range(options);
    yield { entries, revision };
    const last = entries.at(-1);
    if (!more || last === undefined) return;
    options = { ...options, after: last.key, revision };
  }
}
