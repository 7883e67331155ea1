import type { MetricRegistry } from "../metrics/metric-registry.js";

const LABELS = ["mode", "decision"];
/** From a millisecond to 16 seconds. */
const BOUNDS = Array.from({ length: 15 }, (_, power) => 0.001 * 2 ** power);

/** One family pair: how often, and how long it took. */
type Record = (mode: string, allowed: boolean, seconds: number) => void;

/** Upstream's metrics of impersonation; `mode` is empty where nobody was allowed to. */
export class ImpersonationMetrics {
  /** A request that asks to be made as another. */
  readonly attempt: Record;
  /** One question to the authorizers on the way. */
  readonly question: Record;

  constructor(registry: MetricRegistry) {
    this.attempt = recorder(registry, "apiserver_impersonation_attempts", "requests to be made as another user");
    this.question = recorder(
      registry,
      "apiserver_impersonation_authorization_attempts",
      "authorization checks for impersonation",
    );
  }
}

function recorder(registry: MetricRegistry, name: string, what: string): Record {
  const total = registry.counter(`${name}_total`, `Number of ${what}, by mode and decision.`, LABELS);
  const duration = registry.histogram(`${name}_duration_seconds`, `Seconds that ${what} took.`, LABELS, BOUNDS);
  return (mode, allowed, seconds) => {
    const decision = allowed ? "allowed" : "denied";
    total.series(mode, decision).value++;
    duration.series(mode, decision).observe(seconds);
  };
}
