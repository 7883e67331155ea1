import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, Scale } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { checkReplicaStatus } from "../../checks/check-replica-status.js";
import { podNameWarnings } from "../../checks/name-warnings.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { REPLICA_COLUMNS } from "../../columns/replica-columns.js";
import { selectorCell, selectorText } from "../../columns/selector-cell.js";
import { selectorColumn, templateColumns } from "../../columns/template-columns.js";
import { typedText } from "../../columns/typed-cell.js";
import { defaultPodTemplate } from "../../core/pod/default-pod-template.js";
import { dropDisabledFields } from "../../core/pod/drop-disabled-fields.js";
import { podTemplateWarnings } from "../../core/pod/pod-warnings.js";
import { Native } from "../../native.js";
import type * as apps from "../../types/apps-v1.js";
import { checkReplicaSetSpec } from "./check-replica-set.js";

const TEMPLATE = "spec.template";
const WIDE = templateColumns<apps.ReplicaSet>(({ spec }) => spec.template);

/** A number of pods of one template. */
@Native({
  group: "apps",
  version: "v1",
  kind: "ReplicaSet",
  shortNames: ["rs"],
  categories: ["all"],
  generation: true,
  status: true,
})
@Scale({
  spec: ".spec.replicas",
  status: ".status.replicas",
  selector: typedText<apps.ReplicaSet>(({ spec }) => selectorText(spec.selector) ?? ""),
})
@Column(REPLICA_COLUMNS.desired)
@Column(REPLICA_COLUMNS.current)
@Column(REPLICA_COLUMNS.ready)
@Column(AGE_COLUMN)
@Column(WIDE.containers)
@Column(WIDE.images)
@Column(selectorColumn<apps.ReplicaSet>(({ spec }) => selectorCell(spec.selector)))
export class ReplicaSet extends ApiObject {
  override spec!: apps.ReplicaSet["spec"];
  override status!: apps.ReplicaSet["status"];

  override default(): void {
    this.spec.replicas ??= 1;
    defaultPodTemplate(this.spec.template);
  }

  override prepareForCreate(): void {
    const { spec, metadata } = this.spec.template;
    dropDisabledFields(spec, metadata);
  }

  override prepareForUpdate(old: this): void {
    const { spec, metadata } = this.spec.template;
    dropDisabledFields(spec, metadata, old.spec.template.spec);
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkReplicaSetSpec(this.spec, errors);
    if (!errors.empty) return;
    for (const text of podNameWarnings(this.metadata.name)) warn(text);
    for (const text of podTemplateWarnings(this.spec.template, TEMPLATE)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkReplicaStatus(this.status, errors);
      return;
    }
    checkReplicaSetSpec(this.spec, errors, old.spec);
    checkImmutable(this.spec.selector, old.spec.selector, "spec.selector", errors);
    if (errors.empty && this.metadata.generation !== old.metadata.generation)
      for (const text of podTemplateWarnings(this.spec.template, TEMPLATE)) warn(text);
  }
}
