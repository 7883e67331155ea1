import type { FieldErrors } from "@quarterdeck/meta";
import type * as batch from "../../types/batch-v1.js";
import { countIndexes, sharedIndex } from "./indexes.js";
import type { JobParts } from "./job-parts.js";
import { statusChanges } from "./status-changes.js";

function checkList(name: "completedIndexes" | "failedIndexes", text: string, completions: number, errors: FieldErrors) {
  const { problem } = countIndexes(text, completions);
  if (problem !== undefined) errors.invalid(`status.${name}`, text, `error parsing ${name}: ${problem}`);
}

/** The indexes that have completed and failed: lists that are in order, and share none. */
export function checkIndexLists({ spec, status }: JobParts, old: batch.JobStatus, errors: FieldErrors): void {
  const changed = statusChanges(status, old);
  const { completions, backoffLimitPerIndex: limit, completionMode } = spec;
  const { completedIndexes: completed = "", failedIndexes: failed } = status;
  if (changed.completedIndexes && completions !== undefined)
    checkList("completedIndexes", completed, completions, errors);
  if (changed.failedIndexes && completions !== undefined && limit !== undefined && failed !== undefined)
    checkList("failedIndexes", failed, completions, errors);
  if (changed.completedIndexes && completed !== "" && completionMode !== "Indexed")
    errors.invalid(
      "status.completedIndexes",
      completed,
      "cannot set non-empty completedIndexes when non-indexed completion mode",
    );
  if (failed === undefined) return;
  if (changed.failedIndexes && limit === undefined)
    errors.invalid(
      "status.failedIndexes",
      failed,
      "cannot set non-null failedIndexes when backoffLimitPerIndex is null",
    );
  if ((changed.failedIndexes || changed.completedIndexes) && completions !== undefined) {
    const shared = sharedIndex(completed, failed, completions);
    if (shared !== undefined)
      errors.invalid("status.failedIndexes", failed, `failedIndexes and completedIndexes overlap at index: ${shared}`);
  }
}
