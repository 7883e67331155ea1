import type { FilterObserver } from "../chain/filter-observer.js";
import type { NamedFilter } from "../chain/named-filter.js";
import type { MetricRegistry } from "./metric-registry.js";

const BOUNDS = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 5, 10, 15, 30];

/** Makes the observer that keeps `apiserver_request_filter_duration_seconds` for a chain. */
export function filterMetrics(registry: MetricRegistry, filters: readonly NamedFilter[]): FilterObserver {
  const family = registry.histogram(
    "apiserver_request_filter_duration_seconds",
    "Seconds that a filter took before it passed the request on.",
    ["filter"],
    BOUNDS,
  );
  const series = filters.map((filter) => family.series(filter.name));
  return { observe: (index, milliseconds) => series[index]?.observe(milliseconds / 1000) };
}
