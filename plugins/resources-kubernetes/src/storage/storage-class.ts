import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as storage from "../types/storage-v1.js";

@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "StorageClass",
  plural: "storageclasses",
  scope: "Cluster",
  shortNames: ["sc"],
})
export class StorageClass extends ApiObject {
  provisioner!: storage.StorageClass["provisioner"];
  parameters!: storage.StorageClass["parameters"];
  reclaimPolicy!: storage.StorageClass["reclaimPolicy"];
  mountOptions!: storage.StorageClass["mountOptions"];
  allowVolumeExpansion!: storage.StorageClass["allowVolumeExpansion"];
  volumeBindingMode!: storage.StorageClass["volumeBindingMode"];
  allowedTopologies!: storage.StorageClass["allowedTopologies"];
}
