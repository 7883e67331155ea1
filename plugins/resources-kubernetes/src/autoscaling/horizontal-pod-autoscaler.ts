import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as autoscaling from "../types/autoscaling-v2.js";

@Native({
  group: "autoscaling",
  version: "v2",
  kind: "HorizontalPodAutoscaler",
  shortNames: ["hpa"],
  categories: ["all"],
  status: true,
})
export class HorizontalPodAutoscaler extends ApiObject {
  override spec!: autoscaling.HorizontalPodAutoscaler["spec"];
  override status!: autoscaling.HorizontalPodAutoscaler["status"];
}
