import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, Scale, SelectableField } from "@quarterdeck/sdk";
import { checkReplicaStatus } from "../../checks/check-replica-status.js";
import { podNameWarnings } from "../../checks/name-warnings.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { labelCell } from "../../columns/label-cell.js";
import { REPLICA_COLUMNS } from "../../columns/replica-columns.js";
import { selectorText } from "../../columns/selector-cell.js";
import { selectorColumn, templateColumns } from "../../columns/template-columns.js";
import { typedText } from "../../columns/typed-cell.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { defaultPodTemplate } from "../pod/default-pod-template.js";
import { dropDisabledFields } from "../pod/drop-disabled-fields.js";
import { podTemplateWarnings } from "../pod/pod-warnings.js";
import { checkReplicationControllerSpec } from "./check-replication-controller.js";

const WIDE = templateColumns<core.ReplicationController>(({ spec }) => spec.template);

/** A number of pods of one template: what ReplicaSets were before there were any. */
@Native({
  group: "",
  version: "v1",
  kind: "ReplicationController",
  shortNames: ["rc"],
  categories: ["all"],
  garbageCollection: "orphan",
  generation: true,
  status: true,
})
@Scale({
  spec: ".spec.replicas",
  status: ".status.replicas",
  selector: typedText<core.ReplicationController>(
    ({ spec }) => selectorText({ matchLabels: spec.selector ?? {} }) ?? "",
  ),
})
@SelectableField(
  ".status.replicas",
  typedText<core.ReplicationController>(({ status }) => String(status.replicas)),
)
@Column(REPLICA_COLUMNS.desired)
@Column(REPLICA_COLUMNS.current)
@Column(REPLICA_COLUMNS.ready)
@Column(AGE_COLUMN)
@Column(WIDE.containers)
@Column(WIDE.images)
@Column(selectorColumn<core.ReplicationController>(({ spec }) => labelCell(spec.selector)))
export class ReplicationController extends ApiObject {
  override spec!: core.ReplicationController["spec"];
  override status!: core.ReplicationController["status"];

  /** The labels of the template are also its selector and its own labels, where it has none. */
  override default(): void {
    const { template } = this.spec;
    const labels = template?.metadata.labels;
    if (labels !== undefined) {
      if (Object.keys(this.spec.selector ?? {}).length === 0) this.spec.selector = { ...labels };
      if (Object.keys(this.metadata.labels ?? {}).length === 0) this.metadata.labels = { ...labels };
    }
    this.spec.replicas ??= 1;
    if (template !== undefined) defaultPodTemplate(template);
  }

  override prepareForCreate(): void {
    const { template } = this.spec;
    if (template !== undefined) dropDisabledFields(template.spec, template.metadata);
  }

  override prepareForUpdate(old: this): void {
    const { template } = this.spec;
    if (template !== undefined) dropDisabledFields(template.spec, template.metadata, old.spec.template?.spec);
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkReplicationControllerSpec(this.spec, errors);
    const { template } = this.spec;
    if (!errors.empty || template === undefined) return;
    for (const text of podNameWarnings(this.metadata.name)) warn(text);
    for (const text of podTemplateWarnings(template, "spec.template")) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkReplicaStatus(this.status, errors);
      return;
    }
    checkReplicationControllerSpec(this.spec, errors, old.spec);
    // upstream warns of the template that was, not of the one that comes
    const warned = old.spec.template;
    if (errors.empty && warned !== undefined && this.metadata.generation !== old.metadata.generation)
      for (const text of podTemplateWarnings(warned, "spec.template")) warn(text);
  }
}
