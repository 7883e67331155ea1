/** All series of one metric name. */
export interface MetricFamily {
  readonly name: string;
  readonly labels: readonly string[];
  /** Writes the family in the Prometheus text format. */
  render(write: (line: string) => void): void;
}

/** The two lines that stand before a family's samples. */
export function renderHead(write: (line: string) => void, name: string, help: string, type: string): void {
  write(`# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`);
  write(`# TYPE ${name} ${type}`);
}
