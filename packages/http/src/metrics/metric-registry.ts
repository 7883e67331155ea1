import type { Registry } from "prom-client";
import { HistogramFamily } from "./histogram-family.js";
import type { MetricFamily } from "./metric-family.js";
import { ScalarFamily } from "./scalar-family.js";

/** Prometheus' default buckets, in seconds. */
const DEFAULT_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** A metric that cannot be made: a name against Prometheus' rules, or one that is taken by another kind of metric. */
export class MetricError extends Error {
  override readonly name = "MetricError";
}

/**
 * All metrics of the server. Series are plain numbers that are written out only when somebody scrapes; the metrics
 * of the process come from prom-client, which is loaded at the first scrape because its import costs start-up time.
 */
export class MetricRegistry {
  readonly contentType = "text/plain; version=0.0.4; charset=utf-8";
  readonly #families = new Map<string, MetricFamily>();
  #process: Promise<Registry> | undefined;

  /** Gives the counter of this name if it was made before with the same labels. Throws {@link MetricError}. */
  counter(name: string, help: string, labels: readonly string[] = []): ScalarFamily {
    return this.scalar(name, help, "counter", labels);
  }

  /** Gives the gauge of this name if it was made before with the same labels. Throws {@link MetricError}. */
  gauge(
    name: string,
    help: string,
    labels: readonly string[] = [],
    collect?: (family: ScalarFamily) => void,
  ): ScalarFamily {
    return this.scalar(name, help, "gauge", labels, collect);
  }

  /** Gives the histogram of this name if it was made before with the same labels. Throws {@link MetricError}. */
  histogram(
    name: string,
    help: string,
    labels: readonly string[] = [],
    bounds: readonly number[] = DEFAULT_BOUNDS,
  ): HistogramFamily {
    const known = this.known(name, labels);
    if (known instanceof HistogramFamily) return known;
    if (known !== undefined) throw new MetricError(`metric ${name} is not a histogram`);
    const family = new HistogramFamily(name, help, labels, bounds);
    this.#families.set(name, family);
    return family;
  }

  /** The whole exposition in the text format. */
  async render(): Promise<string> {
    const lines: string[] = [];
    for (const family of this.#families.values()) family.render((line) => void lines.push(line));
    this.#process ??= loadProcessMetrics();
    const registry = await this.#process;
    return `${lines.join("\n")}\n${await registry.metrics()}`;
  }

  private scalar(
    name: string,
    help: string,
    type: "counter" | "gauge",
    labels: readonly string[],
    collect?: (family: ScalarFamily) => void,
  ): ScalarFamily {
    const known = this.known(name, labels);
    if (known instanceof ScalarFamily && known.type === type) return known;
    if (known !== undefined) throw new MetricError(`metric ${name} is not a ${type}`);
    const family = new ScalarFamily(name, help, type, labels, collect);
    this.#families.set(name, family);
    return family;
  }

  private known(name: string, labels: readonly string[]): MetricFamily | undefined {
    if (!NAME.test(name)) throw new MetricError(`${JSON.stringify(name)} is no metric name`);
    const wrong = labels.find((label) => !LABEL.test(label));
    if (wrong !== undefined) throw new MetricError(`${JSON.stringify(wrong)} is no label name, in metric ${name}`);
    const known = this.#families.get(name);
    if (known !== undefined && known.labels.join() !== labels.join()) {
      throw new MetricError(`metric ${name} has the labels ${known.labels.join(", ")}`);
    }
    return known;
  }
}

async function loadProcessMetrics(): Promise<Registry> {
  const prometheus = await import("prom-client");
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  return registry;
}
