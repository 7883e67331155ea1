import type { Filter } from "@quarterdeck/sdk";

/** A filter with its place of origin: one line of what `describe` prints of the chain. */
export interface NamedFilter {
  /** Kebab-case and unique in the chain; edits, logs and metrics name the filter by it. */
  readonly name: string;
  readonly filter: Filter;
  /** Where the filter was named: `default`, or the config file and path. */
  readonly source: string;
  /** Set while the filter does not do its work yet: what it lets pass and what it will do. */
  readonly passThrough?: string;
  /** Set when the config switches the filter off: what would switch it on. It stays in the chain by its name, and no request passes it. */
  readonly idle?: string;
}
