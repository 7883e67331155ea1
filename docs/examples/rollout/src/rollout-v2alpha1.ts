import { ApiObject, Resource, Spec, Status } from "@quarterdeck/sdk";
import type { Rollout } from "./rollout.js";
import { RolloutSpec } from "./rollout-spec.js";
import { RolloutStatus } from "./rollout-status.js";

/** What comes next. Alpha: off unless the config says `runtimeConfig: { "delivery.example.com/v2alpha1": true }`. */
@Resource({
  group: "delivery.example.com",
  version: "v2alpha1",
  kind: "Rollout",
  shortNames: ["ro"],
  categories: ["all"],
  description: "Brings an image to its copies; the next form, which may still change.",
})
export class RolloutV2Alpha1 extends ApiObject<RolloutSpec, RolloutStatus> {
  @Spec({ required: true, description: "What is to be reached." })
  override spec!: RolloutSpec;

  @Status({ description: "What has been reached." })
  override status?: RolloutStatus;

  override convertTo(): object {
    return { spec: this.spec, ...(this.status === undefined ? {} : { status: this.status }) };
  }

  static convertFrom(stored: Rollout): object {
    return { spec: stored.spec, ...(stored.status === undefined ? {} : { status: stored.status }) };
  }
}
