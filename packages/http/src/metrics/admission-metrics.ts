import type { Distribution } from "./histogram-family.js";
import type { MetricRegistry } from "./metric-registry.js";

const BOUNDS = [0.005, 0.025, 0.1, 0.5, 1, 2.5];

/** Keeps the time that admission plugins take, under upstream's name. */
export class AdmissionMetrics {
  readonly #family;
  readonly #known = new Map<string, Distribution>();

  constructor(registry: MetricRegistry) {
    this.#family = registry.histogram(
      "apiserver_admission_controller_admission_duration_seconds",
      "Seconds that an admission plugin took, by plugin, phase, operation and outcome.",
      ["name", "type", "operation", "rejected"],
      BOUNDS,
    );
  }

  /** `phase` is upstream's `type` label. */
  observe(plugin: string, phase: "admit" | "validate", operation: string, rejected: boolean, seconds: number): void {
    const key = `${rejected} ${operation} ${phase} ${plugin}`;
    let distribution = this.#known.get(key);
    if (distribution === undefined) {
      distribution = this.#family.series(plugin, phase, operation, String(rejected));
      this.#known.set(key, distribution);
    }
    distribution.observe(seconds);
  }
}
