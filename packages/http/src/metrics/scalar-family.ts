import { labelText, numberText } from "./label-text.js";
import { type MetricFamily, renderHead } from "./metric-family.js";

/** One series of a counter or a gauge: keep it where it is counted, and add to `value`. */
export class Scalar {
  value = 0;

  constructor(readonly text: string) {}
}

/** A counter or a gauge with its series. */
export class ScalarFamily implements MetricFamily {
  readonly #series = new Map<string, Scalar>();

  constructor(
    readonly name: string,
    readonly help: string,
    readonly type: "counter" | "gauge",
    readonly labels: readonly string[],
    /** Run before the family is rendered, for values that are read rather than counted. */
    private readonly collect?: (family: ScalarFamily) => void,
  ) {}

  /** The series of these label values, in the order of the names; made on first use. */
  series(...values: readonly string[]): Scalar {
    const text = labelText(this.labels, values);
    let scalar = this.#series.get(text);
    if (scalar === undefined) {
      scalar = new Scalar(text);
      this.#series.set(text, scalar);
    }
    return scalar;
  }

  render(write: (line: string) => void): void {
    this.collect?.(this);
    if (this.#series.size === 0) return;
    renderHead(write, this.name, this.help, this.type);
    for (const { text, value } of this.#series.values()) {
      write(`${this.name}${text === "" ? "" : `{${text}}`} ${numberText(value)}`);
    }
  }
}
