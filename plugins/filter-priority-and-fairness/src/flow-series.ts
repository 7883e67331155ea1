import type { CounterSeries, GaugeSeries, HistogramSeries } from "@quarterdeck/sdk";
import type { FlowMetrics } from "./flow-metrics.js";

/** Why a request was refused, as upstream's metrics call it. */
export type RejectReason = "concurrency-limit" | "queue-full" | "time-out" | "cancelled";

/** The metrics of one schema of one level; each series is looked up once. */
export class FlowSeries {
  readonly executing: GaugeSeries;
  readonly seats: GaugeSeries;
  readonly waiting: GaugeSeries;
  readonly dispatched: CounterSeries;
  readonly executed: HistogramSeries;
  readonly waited: HistogramSeries;
  #watched: HistogramSeries | undefined;
  #waitedInVain: HistogramSeries | undefined;

  constructor(
    private readonly metrics: FlowMetrics,
    private readonly labels: { readonly priority_level: string; readonly flow_schema: string },
  ) {
    this.executing = metrics.executingRequests.series(labels);
    this.seats = metrics.executingSeats.series(labels);
    this.waiting = metrics.inqueueRequests.series(labels);
    this.dispatched = metrics.dispatched.series(labels);
    this.executed = metrics.executionSeconds.series({ ...labels, type: "regular" });
    this.waited = metrics.waitSeconds.series({ ...labels, execute: "true" });
  }

  /** The initial stage of watches. */
  get watched(): HistogramSeries {
    this.#watched ??= this.metrics.executionSeconds.series({ ...this.labels, type: "watch" });
    return this.#watched;
  }

  get waitedInVain(): HistogramSeries {
    this.#waitedInVain ??= this.metrics.waitSeconds.series({ ...this.labels, execute: "false" });
    return this.#waitedInVain;
  }

  rejected(reason: RejectReason): void {
    this.metrics.rejected.increment({ ...this.labels, reason });
  }
}
