import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as storage from "../types/storage-v1.js";

@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "VolumeAttributesClass",
  plural: "volumeattributesclasses",
  scope: "Cluster",
  shortNames: ["vac"],
})
export class VolumeAttributesClass extends ApiObject {
  driverName!: storage.VolumeAttributesClass["driverName"];
  parameters!: storage.VolumeAttributesClass["parameters"];
}
