import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { sameJson } from "../../checks/same-json.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as storage from "../../types/storage-v1.js";
import { checkDriverParameters, checkProvisioner } from "../check-driver-parameters.js";

/** A way in which volumes that exist can be changed. */
@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "VolumeAttributesClass",
  plural: "volumeattributesclasses",
  scope: "Cluster",
  shortNames: ["vac"],
  returnDeletedObject: true,
})
@Column({ name: "DriverName", type: "string", description: "The CSI driver of its volumes", jsonPath: ".driverName" })
@Column(AGE_COLUMN)
export class VolumeAttributesClass extends ApiObject {
  driverName!: storage.VolumeAttributesClass["driverName"];
  parameters!: storage.VolumeAttributesClass["parameters"];

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") checkAttributesClass(this, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (this.driverName !== old.driverName) errors.forbidden("driverName", "updates to driverName are forbidden.");
    if (!sameJson(this.parameters, old.parameters))
      errors.forbidden("parameters", "updates to parameters are forbidden.");
    checkAttributesClass(this, errors);
  }
}

function checkAttributesClass({ driverName, parameters }: VolumeAttributesClass, errors: FieldErrors): void {
  checkProvisioner(driverName, "driverName", errors);
  checkDriverParameters(parameters, "parameters", errors);
  if (Object.keys(parameters ?? {}).length === 0)
    errors.required("parameters", "must contain at least one key/value pair");
}
