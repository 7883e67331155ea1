import { type Counter, type Gauge, type Histogram, Metrics } from "@quarterdeck/sdk";

type Labels = { readonly [label: string]: string };

/** Metrics that a test can read. */
export class CountedMetrics extends Metrics {
  readonly #values = new Map<string, { readonly labels: Labels; value: number }[]>();

  override counter(name: string): Counter {
    const series = (labels: Labels = {}) => {
      const entry = this.#entry(name, labels);
      return {
        increment: (by = 1): void => {
          entry.value += by;
        },
      };
    };
    return { increment: (labels, by) => series(labels).increment(by), series };
  }

  override gauge(name: string): Gauge {
    const series = (labels: Labels = {}) => {
      const entry = this.#entry(name, labels);
      return {
        set: (value: number): void => {
          entry.value = value;
        },
        add: (change: number): void => {
          entry.value += change;
        },
      };
    };
    return { set: (value, labels) => series(labels).set(value), series };
  }

  override histogram(name: string): Histogram {
    const series = (labels: Labels = {}) => {
      const entry = this.#entry(name, labels);
      return {
        observe: (): void => {
          entry.value++;
        },
      };
    };
    return { observe: (_value, labels) => void series(labels).observe(), series };
  }

  /** The sum of the series that have these labels among theirs; of a histogram the number of observations. */
  value(name: string, labels: Labels = {}): number {
    const wanted = Object.entries(labels);
    return (this.#values.get(name) ?? [])
      .filter((entry) => wanted.every(([label, value]) => entry.labels[label] === value))
      .reduce((sum, entry) => sum + entry.value, 0);
  }

  /** One entry for each set of labels, as a registry has it. */
  #entry(name: string, labels: Labels): { readonly labels: Labels; value: number } {
    const entries = this.#values.get(name) ?? [];
    this.#values.set(name, entries);
    const known = entries.find((entry) => JSON.stringify(entry.labels) === JSON.stringify(labels));
    if (known !== undefined) return known;
    const entry = { labels, value: 0 };
    entries.push(entry);
    return entry;
  }
}
