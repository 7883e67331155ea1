import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as storage from "../types/storage-v1.js";

@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSIDriver",
  plural: "csidrivers",
  scope: "Cluster",
})
export class CSIDriver extends ApiObject {
  override spec!: storage.CSIDriver["spec"];
}
