import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, Scale } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { podNameWarnings } from "../../checks/name-warnings.js";
import { sameJson } from "../../checks/same-json.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { selectorText } from "../../columns/selector-cell.js";
import { typedText } from "../../columns/typed-cell.js";
import { dropDisabledFields } from "../../core/pod/drop-disabled-fields.js";
import { podTemplateWarnings } from "../../core/pod/pod-warnings.js";
import { Native } from "../../native.js";
import type * as apps from "../../types/apps-v1.js";
import { checkDeploymentSpec, checkDeploymentStatus } from "./check-deployment.js";
import { defaultDeployment } from "./default-deployment.js";
import { DEPLOYMENT_COLUMNS } from "./deployment-columns.js";

const TEMPLATE = "spec.template";

/** Pods that are exchanged for those of a new template step by step, by ReplicaSets. */
@Native({
  group: "apps",
  version: "v1",
  kind: "Deployment",
  shortNames: ["deploy"],
  categories: ["all"],
  generation: true,
  status: true,
  resetFields: { status: ["spec", "metadata.labels"] },
})
@Scale({
  spec: ".spec.replicas",
  status: ".status.replicas",
  selector: typedText<apps.Deployment>(({ spec }) => selectorText(spec.selector) ?? ""),
})
@Column(DEPLOYMENT_COLUMNS.ready)
@Column(DEPLOYMENT_COLUMNS.upToDate)
@Column(DEPLOYMENT_COLUMNS.available)
@Column(AGE_COLUMN)
@Column(DEPLOYMENT_COLUMNS.containers)
@Column(DEPLOYMENT_COLUMNS.images)
@Column(DEPLOYMENT_COLUMNS.selector)
export class Deployment extends ApiObject {
  override spec!: apps.Deployment["spec"];
  override status!: apps.Deployment["status"];

  override default(): void {
    defaultDeployment(this.spec);
  }

  override prepareForCreate(): void {
    const { spec, metadata } = this.spec.template;
    dropDisabledFields(spec, metadata);
  }

  override prepareForUpdate(old: this): void {
    const { spec, metadata } = this.spec.template;
    dropDisabledFields(spec, metadata, old.spec.template.spec);
    // the controller copies annotations to its ReplicaSets: they are part of what is wanted
    if (!sameJson(this.metadata.annotations ?? {}, old.metadata.annotations ?? {}))
      this.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }

  override prepareForPartUpdate(old: this): void {
    if (old.metadata.labels === undefined) delete this.metadata.labels;
    else this.metadata.labels = { ...old.metadata.labels };
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkDeploymentSpec(this.spec, errors);
    if (!errors.empty) return;
    for (const text of podNameWarnings(this.metadata.name)) warn(text);
    for (const text of podTemplateWarnings(this.spec.template, TEMPLATE)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkDeploymentStatus(this.status, old.status, errors);
      return;
    }
    checkDeploymentSpec(this.spec, errors, old.spec);
    checkImmutable(this.spec.selector, old.spec.selector, "spec.selector", errors);
    if (errors.empty && this.metadata.generation !== old.metadata.generation)
      for (const text of podTemplateWarnings(this.spec.template, TEMPLATE)) warn(text);
  }
}
