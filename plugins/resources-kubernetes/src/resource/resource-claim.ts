import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as resource from "../types/resource-v1.js";

@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "ResourceClaim",
  status: true,
  statusMetadata: false,
})
export class ResourceClaim extends ApiObject {
  override spec!: resource.ResourceClaim["spec"];
  override status!: resource.ResourceClaim["status"];
}
