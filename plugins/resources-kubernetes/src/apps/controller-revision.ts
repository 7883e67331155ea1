import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as apps from "../types/apps-v1.js";

@Native({
  group: "apps",
  version: "v1",
  kind: "ControllerRevision",
})
export class ControllerRevision extends ApiObject {
  data!: apps.ControllerRevision["data"];
  revision!: apps.ControllerRevision["revision"];
}
