import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as scheduling from "../types/scheduling-v1.js";

@Native({
  group: "scheduling.k8s.io",
  version: "v1",
  kind: "PriorityClass",
  plural: "priorityclasses",
  scope: "Cluster",
  shortNames: ["pc"],
})
export class PriorityClass extends ApiObject {
  value!: scheduling.PriorityClass["value"];
  globalDefault!: scheduling.PriorityClass["globalDefault"];
  description!: scheduling.PriorityClass["description"];
  preemptionPolicy!: scheduling.PriorityClass["preemptionPolicy"];
}
