import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as policy from "../types/policy-v1.js";

@Native({
  group: "policy",
  version: "v1",
  kind: "PodDisruptionBudget",
  shortNames: ["pdb"],
  generation: true,
  status: true,
})
export class PodDisruptionBudget extends ApiObject {
  override spec!: policy.PodDisruptionBudget["spec"];
  override status!: policy.PodDisruptionBudget["status"];
}
