import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What types of storage.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const STORAGE_V1: TypeDescriptions = {
  StorageClass: {
    "": "StorageClass is a kind of storage, and who makes volumes of it. Little of it can be changed.",
    metadata: METADATA,
    provisioner: "Name of who makes the volumes, mostly a CSI driver.",
    parameters: "What it is told for every volume.",
    reclaimPolicy: "What becomes of a volume when its claim is deleted: Delete (the default) or Retain.",
    mountOptions: "Options for mounting the volumes; wrong ones make the mount fail.",
    allowVolumeExpansion: "True: claims can be made bigger. Default: false.",
    volumeBindingMode:
      "When a volume is made and bound: Immediate (the default), at once, or WaitForFirstConsumer, when a pod uses the claim.",
    allowedTopologies: "Where volumes may be made, by labels of nodes; one of them must hold. Default: everywhere.",
  },
};
