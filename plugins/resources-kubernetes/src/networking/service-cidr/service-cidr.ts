import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as networking from "../../types/networking-v1.js";
import { checkCidrs, checkCidrsUpdate } from "./check-cidrs.js";

function isServiceCidr(object: object): object is networking.ServiceCIDR {
  return "spec" in object && isJsonObject(object.spec);
}

function cidrsCell(object: KubeObject): string {
  return isServiceCidr(object) ? (object.spec.cidrs ?? []).join(",") : "";
}

/** Ranges that services get their addresses from. */
@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "ServiceCIDR",
  plural: "servicecidrs",
  scope: "Cluster",
  status: true,
  statusMetadata: false,
})
@Column({ name: "CIDRs", type: "string", description: "The ranges, at most one of a family", value: cidrsCell })
@Column(AGE_COLUMN)
export class ServiceCIDR extends ApiObject {
  override spec!: networking.ServiceCIDR["spec"];
  override status!: networking.ServiceCIDR["status"];

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") checkCidrs(this.spec, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource !== "status") checkCidrsUpdate(this.spec, old.spec, errors);
  }
}
