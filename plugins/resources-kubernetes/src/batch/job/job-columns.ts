import { humanDuration } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import { selectorCell } from "../../columns/selector-cell.js";
import { selectorColumn, templateColumns } from "../../columns/template-columns.js";
import { typedCell } from "../../columns/typed-cell.js";
import type * as batch from "../../types/batch-v1.js";

/** The first condition of a type counts. */
function holds({ conditions = [] }: batch.JobStatus, type: string): boolean {
  return conditions.find((one) => one.type === type)?.status === "True";
}

function stateOf({ metadata, status }: batch.Job): string {
  if (holds(status, "Complete")) return "Complete";
  if (holds(status, "Failed")) return "Failed";
  if (metadata.deletionTimestamp !== undefined) return "Terminating";
  return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].find((type) => holds(status, type)) ?? "Running";
}

function completions({ spec, status }: batch.Job): string {
  const { succeeded = 0 } = status;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const { parallelism = 0 } = spec;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function duration({ status: { startTime, completionTime } }: batch.Job): string {
  if (startTime === undefined) return "";
  const end = completionTime === undefined ? Date.now() : Date.parse(completionTime);
  return humanDuration(end - Date.parse(startTime));
}

/** The columns of `kubectl get jobs` on either side of the age. */
export const JOB_COLUMNS = {
  status: {
    name: "Status",
    type: "string",
    description: "How far it is, in one word",
    value: typedCell<batch.Job>(stateOf),
  },
  completions: {
    name: "Completions",
    type: "string",
    description: "How many pods have succeeded, and how many are to",
    value: typedCell<batch.Job>(completions),
  },
  duration: {
    name: "Duration",
    type: "string",
    description: "How long it has run",
    value: typedCell<batch.Job>(duration),
  },
  ...templateColumns<batch.Job>(({ spec }) => spec.template),
  selector: selectorColumn<batch.Job>(({ spec }) => selectorCell(spec.selector)),
} as const satisfies { readonly [column: string]: ColumnOptions };
