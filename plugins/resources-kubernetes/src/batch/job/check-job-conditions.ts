import type { FieldErrors } from "@quarterdeck/meta";
import type * as batch from "../../types/batch-v1.js";
import { hasCondition } from "./job-conditions.js";
import type { JobParts } from "./job-parts.js";
import { statusChanges } from "./status-changes.js";

/** Which conditions a job may have at once, and which it must have had before. */
export function checkConditions({ spec, status }: JobParts, old: batch.JobStatus, errors: FieldErrors): void {
  const changed = statusChanges(status, old);
  const [isComplete, hasFailed, willFail, hasSucceeded] = [
    "Complete",
    "Failed",
    "FailureTarget",
    "SuccessCriteriaMet",
  ].map((type) => hasCondition(status, type));
  const refuse = (when: boolean | undefined, detail: string): void => {
    if (when) errors.add("FieldValueInvalid", "status.conditions", `Invalid value: ${detail}`);
  };
  refuse(
    (changed.complete || changed.failed) && isComplete && hasFailed,
    "cannot set Complete=True and Failed=true conditions",
  );
  refuse(
    (changed.complete || changed.failureTarget) && isComplete && willFail,
    "cannot set Complete=True and FailureTarget=true conditions",
  );
  refuse(
    (changed.failed || changed.failedIndexes) && hasFailed && !willFail,
    "cannot set Failed=True condition without the FailureTarget=true condition",
  );
  refuse(
    (changed.complete || changed.successCriteriaMet) && isComplete && !hasSucceeded,
    "cannot set Complete=True condition without the SuccessCriteriaMet=true condition",
  );
  refuse(hasSucceeded && hasFailed, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
  refuse(hasSucceeded && willFail, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
  refuse(
    spec.successPolicy !== undefined && !hasSucceeded && isComplete,
    "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True",
  );
  const hadSucceeded = hasCondition(old, "SuccessCriteriaMet");
  refuse(hadSucceeded && !hasSucceeded, "cannot disable the SuccessCriteriaMet=True condition");
  refuse(
    hasCondition(old, "Complete") && !hadSucceeded && hasSucceeded,
    "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions",
  );
}
