import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, Scale } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { selectorText } from "../../columns/selector-cell.js";
import { templateColumns } from "../../columns/template-columns.js";
import { typedCell, typedText } from "../../columns/typed-cell.js";
import { claimSpecWarnings } from "../../core/persistent-volume-claim/claim-warnings.js";
import { dropDisabledFields } from "../../core/pod/drop-disabled-fields.js";
import { podTemplateWarnings } from "../../core/pod/pod-warnings.js";
import { Native } from "../../native.js";
import type * as apps from "../../types/apps-v1.js";
import { checkStatefulSetSpec, checkStatefulSetStatus } from "./check-stateful-set.js";
import { defaultStatefulSet } from "./default-stateful-set.js";

const WIDE = templateColumns<apps.StatefulSet>(({ spec }) => spec.template);
const FIXED = ["selector", "volumeClaimTemplates", "serviceName", "podManagementPolicy"] as const;

/** What is to be said of the spec besides its template. `of` is where upstream says that the spec of a claim stands. */
function specWarnings(
  { volumeClaimTemplates = [], revisionHistoryLimit = 0 }: apps.StatefulSetSpec,
  of: string,
): string[] {
  const path = "spec.volumeClaimTemplates";
  const claims = volumeClaimTemplates.flatMap(({ spec }, index) => claimSpecWarnings(spec, `${path}[${index}]${of}`));
  if (revisionHistoryLimit >= 0) return claims;
  const text = "a negative value retains all historical revisions; a value >= 0 is recommended";
  return [...claims, `spec.revisionHistoryLimit: ${text}`];
}

/** Pods that are told apart: each has a name, a place in the order and claims of its own. */
@Native({
  group: "apps",
  version: "v1",
  kind: "StatefulSet",
  shortNames: ["sts"],
  categories: ["all"],
  nameFormat: "label",
  generation: true,
  status: true,
})
@Scale({
  spec: ".spec.replicas",
  status: ".status.replicas",
  selector: typedText<apps.StatefulSet>(({ spec }) => selectorText(spec.selector) ?? ""),
})
@Column({
  name: "Ready",
  type: "string",
  description: "How many of the wanted pods are ready",
  value: typedCell<apps.StatefulSet>(({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
})
@Column(AGE_COLUMN)
@Column(WIDE.containers)
@Column(WIDE.images)
export class StatefulSet extends ApiObject {
  override spec!: apps.StatefulSet["spec"];
  override status!: apps.StatefulSet["status"];

  override default(): void {
    defaultStatefulSet(this.spec);
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
    checkStatefulSetSpec(this.spec, errors);
    if (!errors.empty) return;
    for (const text of podTemplateWarnings(this.spec.template, "spec.template")) warn(text);
    for (const text of specWarnings(this.spec, "")) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkStatefulSetStatus(this.status, old.status, errors);
      return;
    }
    checkStatefulSetSpec(this.spec, errors, old.spec);
    for (const field of FIXED) checkImmutable(this.spec[field], old.spec[field], `spec.${field}`, errors);
    if (!errors.empty) return;
    if (this.metadata.generation !== old.metadata.generation)
      for (const text of podTemplateWarnings(this.spec.template, "spec.template")) warn(text);
    for (const text of specWarnings(this.spec, ".Spec")) warn(text);
  }
}
