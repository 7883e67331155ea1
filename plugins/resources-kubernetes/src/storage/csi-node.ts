import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as storage from "../types/storage-v1.js";

@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSINode",
  plural: "csinodes",
  scope: "Cluster",
  status: true,
  statusMetadata: false,
})
export class CSINode extends ApiObject {
  override spec!: storage.CSINode["spec"];
}
