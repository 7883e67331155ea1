import type { Holdings } from "../process/reflector.js";

/** Someone who follows collections and can be asked what it holds of each, by resource. */
export interface Follower {
  readonly name: string;
  holdings(): Promise<ReadonlyMap<string, Holdings>>;
  stop(): Promise<void>;
}
