export { Rollout } from "./rollout.js";
export { RolloutV1Beta1 } from "./rollout-v1beta1.js";
export { RolloutV2Alpha1 } from "./rollout-v2alpha1.js";
