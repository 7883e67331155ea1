import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkDeclaredImmutable } from "../../checks/check-immutable.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { nodeLabelWarning } from "../../core/deprecated-node-labels.js";
import { Native } from "../../native.js";
import type * as storage from "../../types/storage-v1.js";
import { checkStorageClass } from "./check-storage-class.js";
import { defaultClassName } from "./default-class-name.js";

/** A way in which volumes are made. */
@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "StorageClass",
  plural: "storageclasses",
  scope: "Cluster",
  shortNames: ["sc"],
  returnDeletedObject: true,
})
@Column({
  name: "Name",
  type: "string",
  format: "name",
  description: "The name, and whether claims that name no class have this one",
  value: defaultClassName,
})
@Column({ name: "Provisioner", type: "string", description: "What makes its volumes", jsonPath: ".provisioner" })
@Column({
  name: "ReclaimPolicy",
  type: "string",
  description: "What becomes of a volume when its claim goes",
  jsonPath: ".reclaimPolicy",
})
@Column({
  name: "VolumeBindingMode",
  type: "string",
  description: "Whether a volume is made at once or for the first pod",
  jsonPath: ".volumeBindingMode",
})
@Column({
  name: "AllowVolumeExpansion",
  type: "string",
  description: "Whether its volumes can grow",
  value: ({ allowVolumeExpansion }) => allowVolumeExpansion === true,
})
@Column(AGE_COLUMN)
export class StorageClass extends ApiObject {
  provisioner!: storage.StorageClass["provisioner"];
  parameters!: storage.StorageClass["parameters"];
  reclaimPolicy!: storage.StorageClass["reclaimPolicy"];
  mountOptions!: storage.StorageClass["mountOptions"];
  allowVolumeExpansion!: storage.StorageClass["allowVolumeExpansion"];
  volumeBindingMode!: storage.StorageClass["volumeBindingMode"];
  allowedTopologies!: storage.StorageClass["allowedTopologies"];

  override default(): void {
    this.reclaimPolicy ??= "Delete";
    this.volumeBindingMode ??= "Immediate";
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    checkStorageClass(this, errors);
    // Upstream declares this rule, and those of updates, so that they come last.
    if (this.provisioner === "") errors.required("provisioner");
    if (operation === "CREATE" && errors.empty) for (const text of topologyWarnings(this)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { warn }: HookContext): void {
    checkDeclaredImmutable(this.provisioner, old.provisioner, "provisioner", errors);
    checkDeclaredImmutable(this.parameters, old.parameters, "parameters", errors);
    checkDeclaredImmutable(this.reclaimPolicy, old.reclaimPolicy, "reclaimPolicy", errors);
    checkDeclaredImmutable(this.volumeBindingMode, old.volumeBindingMode, "volumeBindingMode", errors);
    if (errors.empty) for (const text of topologyWarnings(this)) warn(text);
  }
}

function topologyWarnings({ allowedTopologies = [] }: StorageClass): string[] {
  const warnings: string[] = [];
  for (const [index, { matchLabelExpressions = [] }] of allowedTopologies.entries())
    for (const [place, { key }] of matchLabelExpressions.entries()) {
      const warning = nodeLabelWarning(key);
      const path = `allowedTopologies[${index}].matchLabelExpressions[${place}].key`;
      if (warning !== undefined) warnings.push(`${path}: ${warning}`);
    }
  return warnings;
}
