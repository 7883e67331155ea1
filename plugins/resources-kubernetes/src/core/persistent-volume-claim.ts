import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as core from "../types/core-v1.js";

@Native({
  group: "",
  version: "v1",
  kind: "PersistentVolumeClaim",
  shortNames: ["pvc"],
  status: true,
})
export class PersistentVolumeClaim extends ApiObject {
  override spec!: core.PersistentVolumeClaim["spec"];
  override status!: core.PersistentVolumeClaim["status"];
}
