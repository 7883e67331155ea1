import type { FieldErrors } from "@quarterdeck/meta";
import { checkCounts } from "../../checks/check-counts.js";
import type * as batch from "../../types/batch-v1.js";
import { checkConditions } from "./check-job-conditions.js";
import { checkIndexLists } from "./check-status-indexes.js";
import { hasCondition, isFinished } from "./job-conditions.js";
import type { JobParts } from "./job-parts.js";
import { statusChanges } from "./status-changes.js";

const COUNTS = ["active", "succeeded", "failed", "ready", "terminating"] as const;
const TERMINAL = ["Failed", "Complete", "FailureTarget"];

function checkUncounted(pods: batch.UncountedTerminatedPods, errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const list of ["succeeded", "failed"] as const)
    for (const [index, uid] of (pods[list] ?? []).entries()) {
      const path = `status.uncountedTerminatedPods.${list}[${index}]`;
      if (uid === "") errors.invalid(path, uid, "must not be empty");
      else if (seen.has(uid)) errors.duplicate(path, uid);
      seen.add(uid);
    }
}

/** When a job has ended and what it may still have then; only what has changed is told of. */
function checkEnd(
  status: batch.JobStatus,
  old: batch.JobStatus,
  errors: FieldErrors,
  mayNotHaveStarted: boolean,
): void {
  const changed = statusChanges(status, old);
  const { active = 0, startTime, uncountedTerminatedPods: pods, terminating = 0 } = status;
  if (!isFinished(status)) return;
  if ((changed.finished || changed.active) && active > 0)
    errors.invalid("status.active", active, "active>0 is invalid for finished job");
  if ((changed.finished || changed.startTime) && !mayNotHaveStarted && startTime === undefined)
    errors.required("status.startTime", "startTime is required for finished job");
  const uncounted = [...(pods?.failed ?? []), ...(pods?.succeeded ?? [])];
  if ((changed.finished || changed.uncountedTerminatedPods) && uncounted.length > 0) {
    const told = { Succeeded: pods?.succeeded ?? null, Failed: pods?.failed ?? null };
    errors.invalid("status.uncountedTerminatedPods", told, "must be empty for finished job");
  }
  if ((changed.finished || changed.terminating) && terminating > 0)
    errors.invalid("status.terminating", terminating, "terminating>0 is invalid for finished job");
}

function checkTimes(status: batch.JobStatus, old: batch.JobStatus, errors: FieldErrors): void {
  const changed = statusChanges(status, old);
  const path = "status.completionTime";
  const isComplete = hasCondition(status, "Complete");
  const { startTime: start, completionTime: end } = status;
  if (changed.complete || changed.completionTime) {
    if (end !== undefined && !isComplete)
      errors.invalid(path, end, "cannot set completionTime when there is no Complete=True condition");
    if (end === undefined && isComplete) errors.required(path, "completionTime is required for Complete jobs");
  }
  if ((changed.startTime || changed.completionTime) && start !== undefined && end !== undefined)
    if (Date.parse(end) < Date.parse(start)) errors.invalid(path, end, "must be equal to or after `startTime`");
}

/** What may only go one way. */
function checkProgress({ spec, status }: JobParts, old: batch.JobStatus, errors: FieldErrors): void {
  const { failed = 0, succeeded = 0, completionTime, startTime } = status;
  for (const type of TERMINAL)
    if (hasCondition(old, type) && !hasCondition(status, type))
      errors.add(
        "FieldValueInvalid",
        "status.conditions",
        `Invalid value: cannot disable the terminal ${type}=True condition`,
      );
  if (failed < (old.failed ?? 0)) errors.invalid("status.failed", failed, "cannot decrease the failed counter");
  // an indexed job may be made smaller
  const mayShrink = spec.completionMode === "Indexed" && spec.completions === spec.parallelism;
  if (!mayShrink && succeeded < (old.succeeded ?? 0))
    errors.invalid("status.succeeded", succeeded, "cannot decrease the succeeded counter");
  if (completionTime !== undefined && old.completionTime !== undefined && completionTime !== old.completionTime)
    errors.invalid("status.completionTime", completionTime, "field is immutable");
  const resumes = hasCondition(old, "Suspended") && hasCondition(status, "Suspended", "False");
  if (old.startTime !== undefined && old.startTime !== startTime && spec.suspend !== true && !resumes)
    errors.invalid("status.startTime", startTime, "field is immutable for unsuspended job once set");
}

/** What is wrong with a new status of a job, whose spec counts too; upstream's `ValidateJobStatusUpdate`. */
export function checkJobStatus(job: JobParts, old: batch.JobStatus, errors: FieldErrors): void {
  const { spec, status } = job;
  const { ready = 0, active = 0 } = status;
  const changed = statusChanges(status, old);
  checkCounts(status, COUNTS, "status", errors);
  if (status.uncountedTerminatedPods !== undefined) checkUncounted(status.uncountedTerminatedPods, errors);
  checkConditions(job, old, errors);
  checkTimes(status, old, errors);
  checkEnd(status, old, errors, spec.suspend === true && spec.completions === 0);
  checkIndexLists(job, old, errors);
  if ((changed.ready || changed.active) && ready > active)
    errors.invalid("status.ready", ready, "cannot set more ready pods than active");
  checkProgress(job, old, errors);
}
