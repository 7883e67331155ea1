import type { PriorityLevel } from "../levels/priority-level.js";
import { flowHash } from "../queueing/dealer.js";
import type { FlowSchema } from "./flow-schema.js";

/** Requests that compete with others as one: those of a schema and a user, say. */
export class Flow {
  readonly level: PriorityLevel;
  /** The queues that its requests may wait in; empty when the level has none. */
  readonly hand: readonly number[];

  constructor(
    readonly schema: FlowSchema,
    readonly distinguisher: string,
  ) {
    this.level = schema.level;
    this.hand = this.level.deal(flowHash(schema.name, distinguisher));
  }
}
