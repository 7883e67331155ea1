import type { HistogramFamily } from "./histogram-family.js";
import type { MetricRegistry } from "./metric-registry.js";
import type { ScalarFamily } from "./scalar-family.js";

const BOUNDS = [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];
const LABELS = ["operation", "group", "resource"];

/** Counts the calls of one operation that one resource makes. */
export interface StorageCalls {
  observe(seconds: number, failed: boolean): void;
}

/** The calls to the storage, under the names that dashboards know whatever the backend is. */
export class StorageMetrics {
  readonly #durations: HistogramFamily;
  readonly #total: ScalarFamily;
  readonly #errors: ScalarFamily;

  constructor(registry: MetricRegistry) {
    this.#durations = registry.histogram(
      "etcd_request_duration_seconds",
      "Seconds until the storage answered a call, by operation, group and resource.",
      LABELS,
      BOUNDS,
    );
    this.#total = registry.counter(
      "etcd_requests_total",
      "Calls to the storage by operation, group and resource.",
      LABELS,
    );
    this.#errors = registry.counter(
      "etcd_request_errors_total",
      "Calls that the storage failed, by operation, group and resource.",
      LABELS,
    );
  }

  /** The series of one operation; to be kept, since looking them up costs more than counting. */
  calls(operation: string, group: string, resource: string): StorageCalls {
    const durations = this.#durations.series(operation, group, resource);
    const total = this.#total.series(operation, group, resource);
    const errors = this.#errors.series(operation, group, resource);
    return {
      observe: (seconds, failed) => {
        durations.observe(seconds);
        total.value++;
        if (failed) errors.value++;
      },
    };
  }
}
