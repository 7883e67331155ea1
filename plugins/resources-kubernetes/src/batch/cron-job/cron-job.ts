import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { podNameWarnings } from "../../checks/name-warnings.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { dropDisabledFields } from "../../core/pod/drop-disabled-fields.js";
import { Native } from "../../native.js";
import type * as batch from "../../types/batch-v1.js";
import { defaultJobTemplate } from "../job/default-job.js";
import { jobWarnings } from "../job/job-warnings.js";
import { checkCronJobName, checkCronJobSpec, checkScheduled } from "./check-cron-job.js";
import { CRON_JOB_COLUMNS } from "./cron-job-columns.js";

const KEPT_SUCCESSES = 3;
const KEPT_FAILURES = 1;
const JOB = "spec.jobTemplate.spec";
// upstream names the place like this
const ZONE_WARNING =
  "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, " +
  "see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details";

/** Jobs that are made at times that a schedule says. */
@Native({
  group: "batch",
  version: "v1",
  kind: "CronJob",
  shortNames: ["cj"],
  categories: ["all"],
  generation: true,
  status: true,
})
@Column(CRON_JOB_COLUMNS.schedule)
@Column(CRON_JOB_COLUMNS.timeZone)
@Column(CRON_JOB_COLUMNS.suspend)
@Column(CRON_JOB_COLUMNS.active)
@Column(CRON_JOB_COLUMNS.lastSchedule)
@Column(AGE_COLUMN)
@Column(CRON_JOB_COLUMNS.containers)
@Column(CRON_JOB_COLUMNS.images)
@Column(CRON_JOB_COLUMNS.selector)
export class CronJob extends ApiObject {
  override spec!: batch.CronJob["spec"];
  override status!: batch.CronJob["status"];

  override default(): void {
    const { spec } = this;
    spec.concurrencyPolicy ||= "Allow";
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= KEPT_SUCCESSES;
    spec.failedJobsHistoryLimit ??= KEPT_FAILURES;
    defaultJobTemplate(spec.jobTemplate.spec);
  }

  override prepareForCreate(): void {
    const { spec, metadata } = this.spec.jobTemplate.spec.template;
    dropDisabledFields(spec, metadata);
  }

  override prepareForUpdate(old: this): void {
    const { spec, metadata } = this.spec.jobTemplate.spec.template;
    dropDisabledFields(spec, metadata, old.spec.jobTemplate.spec.template.spec);
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkCronJobSpec(this.spec, errors);
    checkCronJobName(this.metadata.name ?? "", errors);
    checkScheduled(this.spec, errors);
    if (!errors.empty) return;
    for (const text of podNameWarnings(this.metadata.name)) warn(text);
    for (const text of jobWarnings(this.spec.jobTemplate.spec, JOB)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") return;
    checkCronJobSpec(this.spec, errors, old.spec);
    checkScheduled(this.spec, errors);
    if (!errors.empty) return;
    if (this.metadata.generation !== old.metadata.generation)
      for (const text of jobWarnings(this.spec.jobTemplate.spec, JOB)) warn(text);
    if (this.spec.schedule.includes("TZ")) warn(ZONE_WARNING);
  }
}
