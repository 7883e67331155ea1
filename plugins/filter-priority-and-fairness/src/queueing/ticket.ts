import type { RequestContext, RequestLoad } from "@quarterdeck/sdk";
import type { Flow } from "../matching/flow.js";
import type { Work } from "../work/work.js";
import type { FlowQueue } from "./flow-queue.js";

/** One request on its way through a priority level. */
export class Ticket implements RequestLoad {
  state: "arrived" | "waiting" | "executing" | "ended" = "arrived";
  /** Its neighbours in the list that it is in. */
  before: Ticket | undefined = undefined;
  after: Ticket | undefined = undefined;
  /** Where it waits, or waited; undefined when the level has no queues. */
  queue: FlowQueue | undefined = undefined;
  /** The progress meter of the level when it came. */
  arrivalProgress = 0;
  /** When it began to execute, in milliseconds. */
  startedAt = 0;
  /** Since when it waits for its client; 0: it does not. */
  clientSince = 0;
  /** Since when it has no seats while it waits for its client; 0: it has them. */
  parkedAt = 0;
  /** Milliseconds that it spent without seats. */
  parkedFor = 0;
  /** The most seats that it takes at any time. */
  readonly seats: number;
  /** Told whether it may go on, when it had to wait. */
  decide: ((admitted: boolean) => void) | undefined = undefined;

  constructor(
    readonly flow: Flow,
    readonly work: Work,
    readonly context: RequestContext,
    readonly arrivedAt: number,
  ) {
    this.seats = work.finalSeats > work.initialSeats ? work.finalSeats : work.initialSeats;
  }

  initialised(): void {
    this.flow.level.finish(this);
  }

  waiting(): void {
    if (this.state === "executing" && this.clientSince === 0) this.flow.level.clientAwaited(this);
  }

  resumed(): void {
    if (this.clientSince !== 0) this.flow.level.clientCame(this);
  }
}
