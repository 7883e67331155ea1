import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { sameJson } from "../../checks/same-json.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { dropDisabledFields } from "../../core/pod/drop-disabled-fields.js";
import { podTemplateWarnings } from "../../core/pod/pod-warnings.js";
import { Native } from "../../native.js";
import type * as apps from "../../types/apps-v1.js";
import { checkDaemonSetSpec, checkDaemonSetStatus } from "./check-daemon-set.js";
import { DAEMON_SET_COLUMNS } from "./daemon-set-columns.js";
import { defaultDaemonSet } from "./default-daemon-set.js";
import { countFirstTemplate, countTemplate, defaultCount } from "./template-generation.js";

/** A pod on each node that it is meant for. */
@Native({
  group: "apps",
  version: "v1",
  kind: "DaemonSet",
  shortNames: ["ds"],
  categories: ["all"],
  generation: true,
  status: true,
})
@Column(DAEMON_SET_COLUMNS.desired)
@Column(DAEMON_SET_COLUMNS.current)
@Column(DAEMON_SET_COLUMNS.ready)
@Column(DAEMON_SET_COLUMNS.upToDate)
@Column(DAEMON_SET_COLUMNS.available)
@Column(DAEMON_SET_COLUMNS.nodeSelector)
@Column(AGE_COLUMN)
@Column(DAEMON_SET_COLUMNS.containers)
@Column(DAEMON_SET_COLUMNS.images)
@Column(DAEMON_SET_COLUMNS.selector)
export class DaemonSet extends ApiObject {
  override spec!: apps.DaemonSet["spec"];
  override status!: apps.DaemonSet["status"];

  override default(): void {
    defaultCount(this.metadata);
    defaultDaemonSet(this.spec);
  }

  override prepareForCreate(): void {
    const { spec, metadata } = this.spec.template;
    countFirstTemplate(this.metadata);
    dropDisabledFields(spec, metadata);
  }

  override prepareForUpdate(old: this): void {
    const { spec, metadata } = this.spec.template;
    dropDisabledFields(spec, metadata, old.spec.template.spec);
    countTemplate(this.metadata, old.metadata, !sameJson(this.spec.template, old.spec.template));
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkDaemonSetSpec(this.spec, errors);
    if (errors.empty) for (const text of podTemplateWarnings(this.spec.template, "spec.template")) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkDaemonSetStatus(this.status, old.status, errors);
      return;
    }
    checkImmutable(this.spec.selector, old.spec.selector, "spec.selector", errors);
    checkDaemonSetSpec(this.spec, errors, old.spec);
    if (errors.empty && !sameJson(this.spec.template, old.spec.template))
      for (const text of podTemplateWarnings(this.spec.template, "spec.template")) warn(text);
  }
}
