import { type Counter, type Gauge, type Histogram, Metrics } from "@quarterdeck/sdk";
import type { MetricRegistry } from "./metric-registry.js";

type Labels = { readonly [label: string]: string } | undefined;

/** The `Metrics` that plugins are given, on the server's registry. */
export class PluginMetrics extends Metrics {
  constructor(private readonly registry: MetricRegistry) {
    super();
  }

  override counter(name: string, help: string, labels: readonly string[] = []): Counter {
    const family = this.registry.counter(name, help, labels);
    return {
      increment: (given, by = 1) => {
        family.series(...valuesOf(labels, given)).value += by;
      },
    };
  }

  override gauge(name: string, help: string, labels: readonly string[] = []): Gauge {
    const family = this.registry.gauge(name, help, labels);
    return {
      set: (value, given) => {
        family.series(...valuesOf(labels, given)).value = value;
      },
    };
  }

  override histogram(
    name: string,
    help: string,
    labels: readonly string[] = [],
    buckets?: readonly number[],
  ): Histogram {
    const family = this.registry.histogram(name, help, labels, buckets);
    return { observe: (value, given) => family.series(...valuesOf(labels, given)).observe(value) };
  }
}

function valuesOf(names: readonly string[], given: Labels): string[] {
  return names.map((name) => given?.[name] ?? "");
}
