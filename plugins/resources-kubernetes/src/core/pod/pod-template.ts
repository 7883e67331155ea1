import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { defaultPodTemplate } from "./default-pod-template.js";

@Native({
  group: "",
  version: "v1",
  kind: "PodTemplate",
})
export class PodTemplate extends ApiObject {
  template!: core.PodTemplate["template"];

  override default(): void {
    defaultPodTemplate(this.template);
  }
}
