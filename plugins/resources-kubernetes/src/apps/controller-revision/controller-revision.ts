import { type FieldErrors, isJsonObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { checkNonnegative } from "../../checks/check-number.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { typedCell } from "../../columns/typed-cell.js";
import { Native } from "../../native.js";
import type * as apps from "../../types/apps-v1.js";

/** Who the revision is of: `statefulset.apps/db`. */
function controllerCell({ metadata }: apps.ControllerRevision): string {
  const owner = (metadata.ownerReferences ?? []).find(({ controller }) => controller === true);
  if (owner === undefined) return "<none>";
  const slash = owner.apiVersion.indexOf("/");
  const group = slash === -1 ? "" : `.${owner.apiVersion.slice(0, slash)}`;
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
}

/** What a DaemonSet or a StatefulSet was at one time; it does not change. */
@Native({
  group: "apps",
  version: "v1",
  kind: "ControllerRevision",
})
@Column({
  name: "Controller",
  type: "string",
  description: "Whose state it is",
  value: typedCell<apps.ControllerRevision>(controllerCell),
})
@Column({
  name: "Revision",
  type: "string",
  description: "Its place in the order",
  value: typedCell<apps.ControllerRevision>(({ revision }) => revision),
})
@Column(AGE_COLUMN)
export class ControllerRevision extends ApiObject {
  data!: apps.ControllerRevision["data"];
  revision!: apps.ControllerRevision["revision"];

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    checkNonnegative(this.revision, "revision", errors);
    if (operation !== "CREATE") return;
    if (this.data === undefined || this.data === null) errors.required("data", "data is mandatory");
    else if (!isJsonObject(this.data)) errors.required("data", "data must be a valid JSON object");
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkImmutable(this.data, old.data, "data", errors);
  }
}
