import type { FieldSelector, LabelSelector } from "@quarterdeck/meta";

/** `ListOptions` of meta/v1 as the query gives them, selectors read; texts are empty when absent. */
export interface ReadQuery {
  readonly watch: boolean;
  readonly labelSelector: LabelSelector | undefined;
  readonly fieldSelector: FieldSelector | undefined;
  /** 0 for no limit. */
  readonly limit: number;
  readonly continueToken: string;
  readonly resourceVersion: string;
  /** Any other text than the two known ones is kept, for the error. */
  readonly resourceVersionMatch: "Exact" | "NotOlderThan" | undefined;
  /** The text of a match that is neither of the two; empty otherwise. */
  readonly unknownMatch: string;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  /** Undefined when the server chooses. */
  readonly timeoutSeconds: number | undefined;
}
