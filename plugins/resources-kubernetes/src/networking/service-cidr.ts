import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as networking from "../types/networking-v1.js";

@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "ServiceCIDR",
  plural: "servicecidrs",
  scope: "Cluster",
  status: true,
})
export class ServiceCIDR extends ApiObject {
  override spec!: networking.ServiceCIDR["spec"];
  override status!: networking.ServiceCIDR["status"];
}
