import type { Filter, RequestContext } from "@quarterdeck/sdk";
import type { WaitGroup } from "../server/wait-group.js";
import { servedWhileStopping } from "./served-while-stopping.js";
import { shuttingDown } from "./shutting-down.js";

/**
 * Counts the requests that a stop waits for: all but the long-running ones. While the server drains, newcomers are
 * told to try again; health and metrics stay readable, so that a stop can be watched.
 */
export class WaitGroupFilter implements Filter {
  constructor(private readonly group: WaitGroup) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    const { group } = this;
    if (group.draining && !servedWhileStopping(context.path)) throw shuttingDown(context);
    if (context.state.longRunning) return next();
    return group.during(next);
  }
}
