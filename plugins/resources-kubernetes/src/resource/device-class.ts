import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as resource from "../types/resource-v1.js";

@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "DeviceClass",
  plural: "deviceclasses",
  scope: "Cluster",
})
export class DeviceClass extends ApiObject {
  override spec!: resource.DeviceClass["spec"];
}
