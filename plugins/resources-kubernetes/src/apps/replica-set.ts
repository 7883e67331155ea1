import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as apps from "../types/apps-v1.js";

@Native({
  group: "apps",
  version: "v1",
  kind: "ReplicaSet",
  shortNames: ["rs"],
  categories: ["all"],
  generation: true,
  status: true,
})
export class ReplicaSet extends ApiObject {
  override spec!: apps.ReplicaSet["spec"];
  override status!: apps.ReplicaSet["status"];
}
