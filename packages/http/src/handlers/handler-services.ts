import type { Authorizers } from "../filters/authorizers.js";
import type { RequestMetrics } from "../metrics/request-metrics.js";
import type { OpenWatches } from "./open-watches.js";
import type { WatchLanes } from "./watch-lane.js";

/** What the handlers share. */
export interface HandlerServices {
  /** Largest request body in bytes. */
  readonly maxRequestBytes: number;
  /** For what is done beside what the path says. */
  readonly authorizers: Authorizers;
  readonly watches: OpenWatches;
  readonly lanes: WatchLanes;
  readonly metrics: RequestMetrics;
}
