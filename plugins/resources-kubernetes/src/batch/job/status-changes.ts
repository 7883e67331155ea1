import { sameJson } from "../../checks/same-json.js";
import type * as batch from "../../types/batch-v1.js";
import { hasCondition, isFinished } from "./job-conditions.js";

/** What differs between two statuses. A status that breaks a rule already may be written as long as that part stays. */
export interface StatusChanges {
  readonly finished: boolean;
  readonly complete: boolean;
  readonly failed: boolean;
  readonly failureTarget: boolean;
  readonly successCriteriaMet: boolean;
  readonly completedIndexes: boolean;
  readonly failedIndexes: boolean;
  readonly active: boolean;
  readonly startTime: boolean;
  readonly completionTime: boolean;
  readonly uncountedTerminatedPods: boolean;
  readonly ready: boolean;
  readonly terminating: boolean;
}

/** Compares two statuses of a job. */
export function statusChanges(status: batch.JobStatus, old: batch.JobStatus): StatusChanges {
  const condition = (type: string): boolean => hasCondition(status, type) !== hasCondition(old, type);
  const member = (name: keyof batch.JobStatus): boolean => !sameJson(status[name], old[name]);
  return {
    finished: isFinished(status) !== isFinished(old),
    complete: condition("Complete"),
    failed: condition("Failed"),
    failureTarget: condition("FailureTarget"),
    successCriteriaMet: condition("SuccessCriteriaMet"),
    completedIndexes: member("completedIndexes"),
    failedIndexes: member("failedIndexes"),
    active: member("active"),
    startTime: member("startTime"),
    completionTime: member("completionTime"),
    uncountedTerminatedPods: member("uncountedTerminatedPods"),
    ready: member("ready"),
    terminating: member("terminating"),
  };
}
