import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as storage from "../types/storage-v1.js";

@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSIStorageCapacity",
  plural: "csistoragecapacities",
})
export class CSIStorageCapacity extends ApiObject {
  nodeTopology!: storage.CSIStorageCapacity["nodeTopology"];
  storageClassName!: storage.CSIStorageCapacity["storageClassName"];
  capacity!: storage.CSIStorageCapacity["capacity"];
  maximumVolumeSize!: storage.CSIStorageCapacity["maximumVolumeSize"];
}
