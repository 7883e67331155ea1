import type { Filter, RequestContext } from "@quarterdeck/sdk";

/** What `describe` says of the filter until it limits. */
export const MAX_IN_FLIGHT_PASS_THROUGH = "lets all requests pass; will answer 429 above a number of running requests";

/** Counts nothing yet. */
export class MaxInFlight implements Filter {
  handle(_context: RequestContext, next: () => Promise<void>): Promise<void> {
    return next();
  }
}
