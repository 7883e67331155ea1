import type * as batch from "../../types/batch-v1.js";

/** True when the status has a condition of a type in a state, `True` unless said otherwise. */
export function hasCondition({ conditions = [] }: batch.JobStatus, type: string, state = "True"): boolean {
  return conditions.some((one) => one.type === type && one.status === state);
}

/** True for a job that will run no more pods. */
export function isFinished(status: batch.JobStatus): boolean {
  return hasCondition(status, "Complete") || hasCondition(status, "Failed");
}
