import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as apps from "../types/apps-v1.js";

@Native({
  group: "apps",
  version: "v1",
  kind: "StatefulSet",
  shortNames: ["sts"],
  categories: ["all"],
  generation: true,
  status: true,
})
export class StatefulSet extends ApiObject {
  override spec!: apps.StatefulSet["spec"];
  override status!: apps.StatefulSet["status"];
}
