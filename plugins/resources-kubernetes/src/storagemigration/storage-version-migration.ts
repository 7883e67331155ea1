import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as storagemigration from "../types/storagemigration-v1beta1.js";

@Native({
  group: "storagemigration.k8s.io",
  version: "v1",
  kind: "StorageVersionMigration",
  scope: "Cluster",
  status: true,
  statusMetadata: false,
  facts: "storagemigration/v1beta1",
})
export class StorageVersionMigration extends ApiObject {
  override spec!: storagemigration.StorageVersionMigration["spec"];
  override status!: storagemigration.StorageVersionMigration["status"];
}
