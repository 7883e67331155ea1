import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as storage from "../types/storage-v1.js";

@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "VolumeAttachment",
  scope: "Cluster",
  status: true,
  statusMetadata: false,
})
export class VolumeAttachment extends ApiObject {
  override spec!: storage.VolumeAttachment["spec"];
  override status!: storage.VolumeAttachment["status"];
}
