import type { Filter, RequestContext } from "@quarterdeck/sdk";
import type { WaitGroup } from "../server/wait-group.js";
import { shuttingDown } from "./shutting-down.js";

/**
 * Counts the watches that a stop ends over its grace period and waits for: upstream's
 * `WithWatchTerminationDuringShutdown`. One that comes later is told to try again.
 */
export class WatchTermination implements Filter {
  constructor(private readonly group: WaitGroup) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    if (context.state.requestInfo.verb !== "watch") return next();
    if (this.group.draining) throw shuttingDown(context);
    return this.group.during(next);
  }
}
