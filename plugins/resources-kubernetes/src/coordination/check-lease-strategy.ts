import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";

const STRATEGIES = ["OldestEmulationVersion"];

/** How a lease finds its holder: a way that is known, or one of somebody's own; upstream's `ValidateCoordinatedLeaseStrategy`. */
export function checkLeaseStrategy(strategy: string, errors: FieldErrors): void {
  // The path that upstream gives it.
  const path = "spec.strategy.strategy";
  if (!strategy.includes("/")) {
    if (!STRATEGIES.includes(strategy)) errors.notSupported(path, strategy, STRATEGIES);
    return;
  }
  for (const text of qualifiedNameErrors(strategy)) errors.invalid(path, strategy, text);
}
