import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as apps from "../types/apps-v1.js";

@Native({
  group: "apps",
  version: "v1",
  kind: "Deployment",
  shortNames: ["deploy"],
  categories: ["all"],
  generation: true,
  status: true,
})
export class Deployment extends ApiObject {
  override spec!: apps.Deployment["spec"];
  override status!: apps.Deployment["status"];
}
