import type { EncodedObject } from "../encoded-object.js";

/** One page of a list, as the watch cache or the store gives it. */
export interface ListPage {
  readonly items: readonly EncodedObject[];
  /** The store revision that the page shows; undefined for objects of none. */
  readonly revision: number | undefined;
  readonly continueToken: string | undefined;
  readonly remainingItemCount: number | undefined;
}
