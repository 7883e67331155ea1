import type { FlowSeries } from "../flow-series.js";
import type { PriorityLevel } from "../levels/priority-level.js";
import { flowHash } from "../queueing/dealer.js";
import type { TicketFlow } from "../queueing/ticket.js";

/** The schema of a flow. */
export interface FlowOwner {
  readonly name: string;
  readonly uid: string;
  readonly level: PriorityLevel;
  readonly series: FlowSeries;
}

/** One flow of a schema, with the hand of queues that its hash deals it. */
export class Flow implements TicketFlow {
  readonly level: PriorityLevel;
  readonly hand: readonly number[];
  waiting = 0;

  constructor(
    readonly schema: FlowOwner,
    readonly distinguisher: string,
  ) {
    this.level = schema.level;
    this.hand = this.level.deal(flowHash(schema.name, distinguisher));
  }
}
