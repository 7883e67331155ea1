import type { CounterSeries, GaugeSeries, HistogramSeries } from "@quarterdeck/sdk";
import type { FlowMetrics } from "./flow-metrics.js";

/** Why a request was refused, as upstream's metrics call it. */
export type RejectReason = "concurrency-limit" | "queue-full" | "time-out" | "cancelled";

/** The metrics of one schema of one level; each series is looked up once, when it is first needed. */
export class FlowSeries {
  readonly executing: GaugeSeries;
  readonly seats: GaugeSeries;
  readonly waiting: GaugeSeries;
  readonly dispatched: CounterSeries;
  #executed: HistogramSeries | undefined;
  #watched: HistogramSeries | undefined;
  #waited: HistogramSeries | undefined;
  #waitedInVain: HistogramSeries | undefined;

  constructor(
    private readonly metrics: FlowMetrics,
    private readonly labels: { readonly priority_level: string; readonly flow_schema: string },
  ) {
    this.executing = metrics.executingRequests.series(labels);
    this.seats = metrics.executingSeats.series(labels);
    this.waiting = metrics.inqueueRequests.series(labels);
    this.dispatched = metrics.dispatched.series(labels);
  }

  get executed(): HistogramSeries {
    this.#executed ??= this.metrics.executionSeconds.series({ ...this.labels, type: "regular" });
    return this.#executed;
  }

  /** The initial stage of watches. */
  get watched(): HistogramSeries {
    this.#watched ??= this.metrics.executionSeconds.series({ ...this.labels, type: "watch" });
    return this.#watched;
  }

  get waited(): HistogramSeries {
    this.#waited ??= this.metrics.waitSeconds.series({ ...this.labels, execute: "true" });
    return this.#waited;
  }

  get waitedInVain(): HistogramSeries {
    this.#waitedInVain ??= this.metrics.waitSeconds.series({ ...this.labels, execute: "false" });
    return this.#waitedInVain;
  }

  rejected(reason: RejectReason): void {
    this.metrics.rejected.increment({ ...this.labels, reason });
  }
}
