import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as resource from "../types/resource-v1alpha3.js";

@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "DeviceTaintRule",
  scope: "Cluster",
  status: true,
  statusMetadata: false,
  facts: "resource/v1alpha3",
})
export class DeviceTaintRule extends ApiObject {
  override spec!: resource.DeviceTaintRule["spec"];
  override status!: resource.DeviceTaintRule["status"];
}
