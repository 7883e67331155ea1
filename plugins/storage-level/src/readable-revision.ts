import { CompactedError, FutureRevisionError } from "@quarterdeck/sdk";
import type { OpenStore } from "./open-store.js";

/** The revision that a read reflects; an error when the store cannot look back, or forward, so far. */
export function readableRevision(store: OpenStore, asked: number | undefined): number {
  const revision = asked ?? store.revision;
  if (revision < store.compacted) {
    throw new CompactedError(revision, store.compacted);
  }
  if (revision > store.revision) {
    throw new FutureRevisionError(revision, store.revision);
  }
  return revision;
}
