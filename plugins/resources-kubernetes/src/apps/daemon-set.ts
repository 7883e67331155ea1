import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as apps from "../types/apps-v1.js";

@Native({
  group: "apps",
  version: "v1",
  kind: "DaemonSet",
  shortNames: ["ds"],
  categories: ["all"],
  generation: true,
  status: true,
})
export class DaemonSet extends ApiObject {
  override spec!: apps.DaemonSet["spec"];
  override status!: apps.DaemonSet["status"];
}
