import type { Holdings } from "./soak-watcher.js";

/** Someone who follows collections and can be asked what it holds of each, by resource. */
export interface Follower {
  readonly name: string;
  holdings(): Promise<ReadonlyMap<string, Holdings>>;
  stop(): Promise<void>;
}
