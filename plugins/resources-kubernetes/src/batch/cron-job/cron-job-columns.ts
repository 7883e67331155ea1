import { ageOf } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import { selectorCell } from "../../columns/selector-cell.js";
import { selectorColumn, templateColumns } from "../../columns/template-columns.js";
import { typedCell } from "../../columns/typed-cell.js";
import type * as batch from "../../types/batch-v1.js";

const NONE = "<none>";

function suspended({ spec: { suspend } }: batch.CronJob): string {
  if (suspend === undefined) return "<unset>";
  return suspend ? "True" : "False";
}

/** The columns of `kubectl get cronjobs` on either side of the age. */
export const CRON_JOB_COLUMNS = {
  schedule: {
    name: "Schedule",
    type: "string",
    description: "When a job is made",
    value: typedCell<batch.CronJob>(({ spec }) => spec.schedule),
  },
  timeZone: {
    name: "Timezone",
    type: "string",
    description: "Where the clock of the schedule hangs",
    value: typedCell<batch.CronJob>(({ spec }) => spec.timeZone ?? NONE),
  },
  suspend: {
    name: "Suspend",
    type: "boolean",
    description: "No jobs are made",
    value: typedCell<batch.CronJob>(suspended),
  },
  active: {
    name: "Active",
    type: "integer",
    description: "How many jobs run",
    value: typedCell<batch.CronJob>(({ status }) => (status.active ?? []).length),
  },
  lastSchedule: {
    name: "Last Schedule",
    type: "string",
    description: "The time since a job was made",
    value: typedCell<batch.CronJob>(({ status: { lastScheduleTime: time } }) =>
      time === undefined ? NONE : ageOf(time, Date.now()),
    ),
  },
  ...templateColumns<batch.CronJob>(({ spec }) => spec.jobTemplate.spec.template),
  selector: selectorColumn<batch.CronJob>(({ spec }) => selectorCell(spec.jobTemplate.spec.selector)),
} as const satisfies { readonly [column: string]: ColumnOptions };
