import type { Metrics } from "@quarterdeck/sdk";

const PREFIX = "apiserver_flowcontrol_";
const LEVEL = "priority_level";
const FLOW = [LEVEL, "flow_schema"];
const SECONDS = [0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30];

/** The metrics of flow control under upstream's names. */
export class FlowMetrics {
  readonly rejected;
  readonly dispatched;
  readonly inqueueRequests;
  readonly executingRequests;
  readonly executingSeats;
  readonly waitSeconds;
  readonly executionSeconds;
  readonly nominalLimit;
  readonly lowerLimit;
  readonly upperLimit;
  readonly currentLimit;
  readonly demandHighWatermark;
  readonly demandSmoothed;

  constructor(metrics: Metrics) {
    const counter = (name: string, help: string, labels: readonly string[]) =>
      metrics.counter(`${PREFIX}${name}`, help, labels);
    const gauge = (name: string, help: string, labels: readonly string[]) =>
      metrics.gauge(`${PREFIX}${name}`, help, labels);
    const seconds = (name: string, help: string, labels: readonly string[]) =>
      metrics.histogram(`${PREFIX}${name}`, help, labels, SECONDS);
    this.rejected = counter("rejected_requests_total", "Requests that were refused, by reason.", [...FLOW, "reason"]);
    this.dispatched = counter("dispatched_requests_total", "Requests that were let in.", FLOW);
    this.inqueueRequests = gauge("current_inqueue_requests", "Requests that wait in queues.", FLOW);
    this.executingRequests = gauge(
      "current_executing_requests",
      "Requests that execute; watches while they begin.",
      FLOW,
    );
    this.executingSeats = gauge("current_executing_seats", "Seats that executing requests take.", FLOW);
    this.waitSeconds = seconds("request_wait_duration_seconds", "Seconds that requests waited in their queue.", [
      ...FLOW,
      "execute",
    ]);
    this.executionSeconds = seconds("request_execution_seconds", "Seconds that requests executed; watches, began.", [
      ...FLOW,
      "type",
    ]);
    this.nominalLimit = gauge("nominal_limit_seats", "Seats of each level by its shares.", [LEVEL]);
    this.lowerLimit = gauge("lower_limit_seats", "Seats that each level keeps when it lends all it may.", [LEVEL]);
    this.upperLimit = gauge("upper_limit_seats", "Seats that each level has when it borrows all it may.", [LEVEL]);
    this.currentLimit = gauge("current_limit_seats", "Seats that each level has now.", [LEVEL]);
    this.demandHighWatermark = gauge("demand_seats_high_watermark", "The most seats asked for in the last period.", [
      LEVEL,
    ]);
    this.demandSmoothed = gauge("demand_seats_smoothed", "Seats asked for, smoothed over the last periods.", [LEVEL]);
  }
}
