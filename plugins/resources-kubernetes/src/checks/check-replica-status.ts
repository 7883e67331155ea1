import type { FieldErrors } from "@quarterdeck/meta";
import { checkAvailable, checkCounts, checkWithinReplicas } from "./check-counts.js";

const COUNTS = [
  "replicas",
  "fullyLabeledReplicas",
  "readyReplicas",
  "availableReplicas",
  "observedGeneration",
  "terminatingReplicas",
] as const;

/** The status of a ReplicaSet or of a ReplicationController; upstream's `ValidateReplicaSetStatus`. */
export function checkReplicaStatus(
  status: { readonly [name in (typeof COUNTS)[number]]?: number },
  errors: FieldErrors,
): void {
  checkCounts(status, COUNTS, "status", errors);
  checkWithinReplicas(status, ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"], "status", errors);
  checkAvailable(status, "readyReplicas", "status", errors);
}
