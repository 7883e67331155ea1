import { labelText, numberText } from "./label-text.js";
import { type MetricFamily, renderHead } from "./metric-family.js";

/** One series of a histogram: keep it where it is observed. */
export class Distribution {
  sum = 0;
  count = 0;
  /** Observations by bucket, not cumulated; the last is everything above the highest bound. */
  readonly buckets: Float64Array;

  constructor(
    readonly text: string,
    private readonly bounds: readonly number[],
  ) {
    this.buckets = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const { bounds, buckets } = this;
    let index = 0;
    while (index < bounds.length && value > (bounds[index] ?? 0)) index++;
    buckets[index] = (buckets[index] ?? 0) + 1;
    this.sum += value;
    this.count++;
  }
}

/** A histogram with its series. */
export class HistogramFamily implements MetricFamily {
  readonly #series = new Map<string, Distribution>();

  constructor(
    readonly name: string,
    readonly help: string,
    readonly labels: readonly string[],
    /** Upper bounds, ascending, without infinity. */
    readonly bounds: readonly number[],
  ) {}

  /** The series of these label values, in the order of the names; made on first use. */
  series(...values: readonly string[]): Distribution {
    const text = labelText(this.labels, values);
    let distribution = this.#series.get(text);
    if (distribution === undefined) {
      distribution = new Distribution(text, this.bounds);
      this.#series.set(text, distribution);
    }
    return distribution;
  }

  render(write: (line: string) => void): void {
    if (this.#series.size === 0) return;
    renderHead(write, this.name, this.help, "histogram");
    for (const distribution of this.#series.values()) this.renderSeries(write, distribution);
  }

  private renderSeries(write: (line: string) => void, { text, buckets, sum, count }: Distribution): void {
    const before = text === "" ? "" : `${text},`;
    let total = 0;
    for (const [index, bound] of this.bounds.entries()) {
      total += buckets[index] ?? 0;
      write(`${this.name}_bucket{${before}le="${numberText(bound)}"} ${total}`);
    }
    write(`${this.name}_bucket{${before}le="+Inf"} ${count}`);
    const braces = text === "" ? "" : `{${text}}`;
    write(`${this.name}_sum${braces} ${numberText(sum)}`);
    write(`${this.name}_count${braces} ${count}`);
  }
}
