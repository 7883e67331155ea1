import type { FieldErrors } from "@quarterdeck/meta";
import type * as batch from "../../types/batch-v1.js";
import { hasCondition } from "./job-conditions.js";
import type { JobParts } from "./job-parts.js";
import { statusChanges } from "./status-changes.js";

const TERMINAL = ["Failed", "Complete", "FailureTarget"];

function refuse(when: boolean, detail: string, errors: FieldErrors): void {
  if (when) errors.add("FieldValueInvalid", "status.conditions", `Invalid value: ${detail}`);
}

/** A job does not both succeed and fail. */
export function checkOutcome(status: batch.JobStatus, old: batch.JobStatus, errors: FieldErrors): void {
  if (!hasCondition(status, "Complete")) return;
  const changed = statusChanges(status, old);
  const hasFailed = (changed.complete || changed.failed) && hasCondition(status, "Failed");
  const willFail = (changed.complete || changed.failureTarget) && hasCondition(status, "FailureTarget");
  refuse(hasFailed, "cannot set Complete=True and Failed=true conditions", errors);
  refuse(willFail, "cannot set Complete=True and FailureTarget=true conditions", errors);
}

/** The conditions that say that a job is about to end come before those that say that it has. */
export function checkForerunners(status: batch.JobStatus, old: batch.JobStatus, errors: FieldErrors): void {
  const changed = statusChanges(status, old);
  const fails = hasCondition(status, "Failed") && !hasCondition(status, "FailureTarget");
  const ends = hasCondition(status, "Complete") && !hasCondition(status, "SuccessCriteriaMet");
  refuse(
    (changed.failed || changed.failedIndexes) && fails,
    "cannot set Failed=True condition without the FailureTarget=true condition",
    errors,
  );
  refuse(
    (changed.complete || changed.successCriteriaMet) && ends,
    "cannot set Complete=True condition without the SuccessCriteriaMet=true condition",
    errors,
  );
}

/** What goes with the condition that a job has succeeded in what it must. */
export function checkCriteria({ spec, status }: JobParts, errors: FieldErrors): void {
  if (hasCondition(status, "SuccessCriteriaMet")) {
    const [hasFailed, willFail] = [hasCondition(status, "Failed"), hasCondition(status, "FailureTarget")];
    refuse(hasFailed, "cannot set SuccessCriteriaMet=True and Failed=true conditions", errors);
    refuse(willFail, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions", errors);
    return;
  }
  refuse(
    spec.successPolicy !== undefined && hasCondition(status, "Complete"),
    "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True",
    errors,
  );
}

/** What has ended stays so. */
export function checkEndStays(status: batch.JobStatus, old: batch.JobStatus, errors: FieldErrors): void {
  for (const type of TERMINAL)
    refuse(
      hasCondition(old, type) && !hasCondition(status, type),
      `cannot disable the terminal ${type}=True condition`,
      errors,
    );
}

/** What a job has succeeded in stays so, and is not found out once it has ended. */
export function checkCriteriaStay(status: batch.JobStatus, old: batch.JobStatus, errors: FieldErrors): void {
  const [had, has] = [hasCondition(old, "SuccessCriteriaMet"), hasCondition(status, "SuccessCriteriaMet")];
  refuse(had && !has, "cannot disable the SuccessCriteriaMet=True condition", errors);
  refuse(
    hasCondition(old, "Complete") && !had && has,
    "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions",
    errors,
  );
}
