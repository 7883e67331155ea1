import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as storage from "../../types/storage-v1.js";
import { checkDriverUpdate, checkNodeDrivers } from "./check-node-drivers.js";

/** The CSI drivers of a node. */
@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSINode",
  plural: "csinodes",
  scope: "Cluster",
  status: true,
  statusMetadata: false,
  unconditionalUpdate: false,
  returnDeletedObject: true,
})
@Column({
  name: "Drivers",
  type: "integer",
  description: "How many drivers the node has",
  value: ({ spec }) => (isDriven(spec) ? spec.drivers.length : 0),
})
@Column(AGE_COLUMN)
export class CSINode extends ApiObject {
  override spec!: storage.CSINode["spec"];

  override validate(errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource !== "status") checkNodeDrivers(this.spec.drivers ?? [], "spec.drivers", errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource !== "status")
      checkDriverUpdate(this.spec.drivers ?? [], old.spec.drivers ?? [], "spec.drivers", errors);
  }
}

function isDriven(spec: unknown): spec is { drivers: unknown[] } {
  return typeof spec === "object" && spec !== null && "drivers" in spec && Array.isArray(spec.drivers);
}
