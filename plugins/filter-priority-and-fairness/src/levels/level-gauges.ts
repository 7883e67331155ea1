import type { FlowMetrics } from "../flow-metrics.js";
import type { SeatDemand } from "./seat-demand.js";
import type { SeatLimits } from "./seat-limits.js";

/** Tells what a level may have. */
export function tellLimits(metrics: FlowMetrics, name: string, { nominal, lower, upper }: SeatLimits): void {
  const labels = { priority_level: name };
  metrics.nominalLimit.set(nominal, labels);
  metrics.lowerLimit.set(lower, labels);
  metrics.upperLimit.set(upper, labels);
}

/** Tells what a level has, and what was asked of it. */
export function tellSeats(metrics: FlowMetrics, name: string, seats: number, demand: SeatDemand): void {
  const labels = { priority_level: name };
  metrics.currentLimit.set(seats, labels);
  metrics.demandHighWatermark.set(demand.highWatermark, labels);
  metrics.demandSmoothed.set(demand.smoothed, labels);
}
