import type { Allocate } from "@quarterdeck/wire";
import type { KeySpace } from "./key-space.js";
import type { RenditionBudget } from "./rendition-budget.js";

/** What the states of one resource have in common, so that none of them carries it. */
export interface ObjectOrigin {
  readonly keys: KeySpace;
  /** Bounds what can be made again; nothing is charged without it. */
  readonly budget?: RenditionBudget;
  /** Memory for bytes that a state makes; Node's own pool without it. */
  readonly allocate?: Allocate;
}
