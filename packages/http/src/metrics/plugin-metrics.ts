import {
  type Counter,
  type CounterSeries,
  type Gauge,
  type GaugeSeries,
  type Histogram,
  Metrics,
} from "@quarterdeck/sdk";
import type { MetricRegistry } from "./metric-registry.js";
import type { Scalar } from "./scalar-family.js";

type Labels = { readonly [label: string]: string } | undefined;

/** One series of a counter or a gauge as plugins are given it. */
class SharedScalar implements CounterSeries, GaugeSeries {
  constructor(private readonly scalar: Scalar) {}

  increment(by = 1): void {
    this.scalar.value += by;
  }

  set(value: number): void {
    this.scalar.value = value;
  }

  add(change: number): void {
    this.scalar.value += change;
  }
}

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
      series: (given) => new SharedScalar(family.series(...valuesOf(labels, given))),
    };
  }

  override gauge(name: string, help: string, labels: readonly string[] = []): Gauge {
    const family = this.registry.gauge(name, help, labels);
    return {
      set: (value, given) => {
        family.series(...valuesOf(labels, given)).value = value;
      },
      series: (given) => new SharedScalar(family.series(...valuesOf(labels, given))),
    };
  }

  override histogram(
    name: string,
    help: string,
    labels: readonly string[] = [],
    buckets?: readonly number[],
  ): Histogram {
    const family = this.registry.histogram(name, help, labels, buckets);
    return {
      observe: (value, given) => family.series(...valuesOf(labels, given)).observe(value),
      series: (given) => family.series(...valuesOf(labels, given)),
    };
  }
}

function valuesOf(names: readonly string[], given: Labels): string[] {
  return names.map((name) => given?.[name] ?? "");
}
