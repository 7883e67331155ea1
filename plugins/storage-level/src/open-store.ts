import type { Database } from "./database.js";
import type { RevisionIndex } from "./revision-index.js";

/** A database that is open, and what is known of it in memory. After a failed write it is replaced as a whole. */
export interface OpenStore {
  readonly database: Database;
  readonly index: RevisionIndex;
  /** The newest revision on disk. */
  revision: number;
  /** Reads and watches from below fail; its log may still be on disk. */
  compacted: number;
  /** Set by the first failed write; nothing may be written any more. */
  failure: Error | undefined;
}
