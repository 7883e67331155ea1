import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";

@Native({
  group: "",
  version: "v1",
  kind: "PersistentVolume",
  scope: "Cluster",
  shortNames: ["pv"],
  status: true,
})
export class PersistentVolume extends ApiObject {
  override spec!: core.PersistentVolume["spec"];
  override status!: core.PersistentVolume["status"];
}
