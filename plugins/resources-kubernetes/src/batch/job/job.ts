import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { podNameWarnings } from "../../checks/name-warnings.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { typedText } from "../../columns/typed-cell.js";
import { dropDisabledFields } from "../../core/pod/drop-disabled-fields.js";
import { Native } from "../../native.js";
import type * as batch from "../../types/batch-v1.js";
import { checkJobUpdate, checkNewJob } from "./check-job.js";
import { checkJobStatus } from "./check-job-status.js";
import { defaultJob } from "./default-job.js";
import { generateLabels, takeLabels } from "./generated-labels.js";
import { JOB_COLUMNS } from "./job-columns.js";
import { jobWarnings } from "./job-warnings.js";

/** Pods that are run until so many of them have succeeded. */
@Native({
  group: "batch",
  version: "v1",
  kind: "Job",
  categories: ["all"],
  garbageCollection: "orphan",
  dependentsWarning:
    "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them " +
    "or set propagationPolicy=Orphan to suppress this warning",
  generation: true,
  status: true,
})
@SelectableField(
  ".status.successful",
  typedText<batch.Job>(({ status }) => String(status.succeeded ?? 0)),
)
@Column(JOB_COLUMNS.status)
@Column(JOB_COLUMNS.completions)
@Column(JOB_COLUMNS.duration)
@Column(AGE_COLUMN)
@Column(JOB_COLUMNS.containers)
@Column(JOB_COLUMNS.images)
@Column(JOB_COLUMNS.selector)
export class Job extends ApiObject {
  override spec!: batch.Job["spec"];
  override status!: batch.Job["status"];

  override default(): void {
    takeLabels(this);
    defaultJob(this.spec);
  }

  override prepareForCreate(): void {
    generateLabels(this);
    const { spec, metadata } = this.spec.template;
    dropDisabledFields(spec, metadata);
  }

  override prepareForUpdate(old: this): void {
    const { spec, metadata } = this.spec.template;
    dropDisabledFields(spec, metadata, old.spec.template.spec);
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkNewJob(this, errors);
    if (!errors.empty) return;
    // as upstream's defaults do when the store reads what it has written
    takeLabels(this);
    for (const text of podNameWarnings(this.metadata.name)) warn(text);
    for (const text of jobWarnings(this.spec, "spec")) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkJobStatus(this, old.status, errors);
      return;
    }
    checkJobUpdate(this, old, errors);
    if (errors.empty && this.metadata.generation !== old.metadata.generation)
      for (const text of jobWarnings(this.spec, "spec")) warn(text);
  }
}
