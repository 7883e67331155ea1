import { dns1123SubdomainErrors, FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkNonnegativeQuantity } from "../../checks/check-quantity.js";
import { CREATED_AT_COLUMN } from "../../columns/created-at-column.js";
import { nodeLabelWarning } from "../../core/deprecated-node-labels.js";
import { Native } from "../../native.js";
import type * as meta from "../../types/meta-v1.js";
import type * as storage from "../../types/storage-v1.js";

/** How much room there is for volumes of a class in one part of the cluster. */
@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSIStorageCapacity",
  plural: "csistoragecapacities",
  unconditionalUpdate: false,
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column(CREATED_AT_COLUMN)
export class CSIStorageCapacity extends ApiObject {
  nodeTopology!: storage.CSIStorageCapacity["nodeTopology"];
  storageClassName!: storage.CSIStorageCapacity["storageClassName"];
  capacity!: storage.CSIStorageCapacity["capacity"];
  maximumVolumeSize!: storage.CSIStorageCapacity["maximumVolumeSize"];

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkCapacity(this, errors);
    if (errors.empty) for (const text of topologyWarnings(this.nodeTopology)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { warn }: HookContext): void {
    checkCapacity(this, errors, hasFlaws(old.nodeTopology));
    checkImmutable(this.nodeTopology, old.nodeTopology, "nodeTopology", errors);
    checkImmutable(this.storageClassName, old.storageClassName, "storageClassName", errors);
    if (errors.empty) for (const text of topologyWarnings(this.nodeTopology)) warn(text);
  }
}

function checkCapacity(
  { nodeTopology, storageClassName, capacity }: CSIStorageCapacity,
  errors: FieldErrors,
  anyValues = false,
): void {
  if (nodeTopology !== undefined) checkLabelSelector(nodeTopology, "nodeTopology", errors, anyValues);
  errors.invalidEach("storageClassName", storageClassName, dns1123SubdomainErrors(storageClassName));
  if (capacity !== undefined) checkNonnegativeQuantity(capacity, "capacity", errors);
}

/** Whether a selector that is stored would be refused now. */
function hasFlaws(selector: meta.LabelSelector | undefined): boolean {
  if (selector === undefined) return false;
  const errors = new FieldErrors();
  checkLabelSelector(selector, "", errors);
  return !errors.empty;
}

function topologyWarnings({ matchExpressions = [], matchLabels = {} }: meta.LabelSelector = {}): string[] {
  const warnings: string[] = [];
  for (const [index, { key }] of matchExpressions.entries()) {
    const warning = nodeLabelWarning(key);
    if (warning !== undefined) warnings.push(`nodeTopology.matchExpressions[${index}].key: ${key} is ${warning}`);
  }
  for (const label of Object.keys(matchLabels)) {
    const warning = nodeLabelWarning(label);
    if (warning !== undefined) warnings.push(`nodeTopology.matchLabels.${label}: ${warning}`);
  }
  return warnings;
}
