import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { defaultPod } from "./default-pod.js";

@Native({
  group: "",
  version: "v1",
  kind: "Pod",
  shortNames: ["po"],
  categories: ["all"],
  generation: true,
  status: true,
})
export class Pod extends ApiObject {
  override spec!: core.Pod["spec"];
  override status!: core.Pod["status"];

  override default(): void {
    defaultPod(this.spec, this.status);
  }
}
