import type { MetricRegistry } from "@quarterdeck/http";
import type { ObserveTransform } from "@quarterdeck/storage";
import { type GroupResource, ruleName } from "./group-resource.js";

/** Counts what is encrypted and decrypted, as upstream's `apiserver_storage_transformation_operations_total`. */
export class TransformMetrics {
  readonly #total;

  constructor(registry: MetricRegistry) {
    this.#total = registry.counter(
      "apiserver_storage_transformation_operations_total",
      "Values that were encrypted (to_storage) or decrypted (from_storage), by resource, provider and status.",
      ["resource", "transformation_type", "transformer_prefix", "status"],
    );
  }

  /** What counts for one resource; the series are looked up once. */
  observer(resource: GroupResource): ObserveTransform {
    const name = ruleName(resource);
    const known = new Map<string, { value: number }>();
    return (type, provider, failed) => {
      const key = `${type} ${provider} ${failed}`;
      let series = known.get(key);
      if (series === undefined) {
        series = this.#total.series(name, type, provider, failed ? "unknown" : "OK");
        known.set(key, series);
      }
      series.value++;
    };
  }
}
