import type { FieldErrors } from "@quarterdeck/meta";
import { checkCounts } from "../../checks/check-counts.js";
import type * as batch from "../../types/batch-v1.js";
import {
  checkCriteria,
  checkCriteriaStay,
  checkEndStays,
  checkForerunners,
  checkOutcome,
} from "./check-job-conditions.js";
import { checkIndexLists } from "./check-status-indexes.js";
import { hasCondition, isFinished } from "./job-conditions.js";
import type { JobParts } from "./job-parts.js";
import { statusChanges } from "./status-changes.js";

const COUNTS = ["active", "succeeded", "failed", "ready", "terminating"] as const;

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
  const { active = 0, startTime, uncountedTerminatedPods: pods } = status;
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
}

/** Which counts of pods do not go together, or with the end of the job. */
function checkPods(status: batch.JobStatus, old: batch.JobStatus, errors: FieldErrors): void {
  const changed = statusChanges(status, old);
  const { active = 0, ready, terminating = 0 } = status;
  if ((changed.finished || changed.terminating) && terminating > 0 && isFinished(status))
    errors.invalid("status.terminating", terminating, "terminating>0 is invalid for finished job");
  if ((changed.ready || changed.active) && ready !== undefined && ready > active)
    errors.invalid("status.ready", ready, "cannot set more ready pods than active");
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
  checkEndStays(status, old, errors);
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
  checkCriteriaStay(status, old, errors);
}

/** What is wrong with a new status of a job, whose spec counts too; upstream's `ValidateJobStatusUpdate`. */
export function checkJobStatus(job: JobParts, old: batch.JobStatus, errors: FieldErrors): void {
  const { spec, status } = job;
  checkCounts(status, COUNTS, "status", errors);
  if (status.uncountedTerminatedPods !== undefined) checkUncounted(status.uncountedTerminatedPods, errors);
  checkOutcome(status, old, errors);
  checkTimes(status, old, errors);
  checkForerunners(status, old, errors);
  checkEnd(status, old, errors, spec.suspend === true && spec.completions === 0);
  checkIndexLists(job, old, errors);
  checkPods(status, old, errors);
  checkCriteria(job, errors);
  checkProgress(job, old, errors);
}
