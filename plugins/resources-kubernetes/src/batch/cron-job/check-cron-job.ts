import type { FieldErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkNonnegative } from "../../checks/check-number.js";
import type * as batch from "../../types/batch-v1.js";
import { checkJobSpec } from "../job/check-job-spec.js";
import { scheduleProblem } from "./cron-schedule.js";
import { checkTimeZone } from "./time-zone.js";

const NAME_MAX = 52;
const POLICIES = ["Allow", "Forbid", "Replace"];

function checkSchedule(spec: batch.CronJobSpec, errors: FieldErrors, mayHaveZone: boolean): void {
  const { schedule, timeZone } = spec;
  const path = "spec.schedule";
  if (schedule === "") return;
  const problem = scheduleProblem(schedule);
  if (problem !== undefined) errors.invalid(path, schedule, problem);
  if (!schedule.includes("TZ")) return;
  if (!mayHaveZone) errors.invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
  else if (timeZone !== undefined)
    errors.invalid(path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
}

function checkTemplate({ spec }: batch.JobTemplateSpec, errors: FieldErrors, old?: batch.JobSpec | undefined): void {
  const path = "spec.jobTemplate.spec";
  checkJobSpec(spec, path, errors, old);
  if (spec.selector !== undefined)
    errors.invalid(`${path}.selector`, spec.selector, "`selector` will be auto-generated");
  if (spec.manualSelector === true) errors.notSupported(`${path}.manualSelector`, true, ["nil", "false"]);
}

/** What is wrong with the spec of a CronJob; `old` is the stored one. Upstream's `validateCronJobSpec`. */
export function checkCronJobSpec(
  spec: batch.CronJobSpec,
  errors: FieldErrors,
  old?: batch.CronJobSpec | undefined,
): void {
  checkSchedule(spec, errors, old?.schedule.includes("TZ") === true);
  checkNonnegative(spec.startingDeadlineSeconds ?? 0, "spec.startingDeadlineSeconds", errors);
  if (spec.timeZone !== undefined && spec.timeZone !== old?.timeZone)
    checkTimeZone(spec.timeZone, "spec.timeZone", errors);
  checkNeededEnum(spec.concurrencyPolicy, POLICIES, "spec.concurrencyPolicy", errors);
  checkTemplate(spec.jobTemplate, errors, old?.jobTemplate.spec);
  for (const name of ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"] as const)
    checkNonnegative(spec[name] ?? 0, `spec.${name}`, errors);
}

/** A schedule must be there, which upstream's types declare: it asks so after all that is checked by hand. */
export function checkScheduled({ schedule }: batch.CronJobSpec, errors: FieldErrors): void {
  if (schedule === "") errors.required("spec.schedule");
}

/** The jobs are called after a CronJob and the minute they were due in, which must fit into a label. */
export function checkCronJobName(name: string, errors: FieldErrors): void {
  if (Buffer.byteLength(name) > NAME_MAX)
    errors.invalid("metadata.name", name, `must be no more than ${NAME_MAX} characters`);
}
