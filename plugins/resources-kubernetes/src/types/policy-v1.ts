// Written by facts/compact.js: the types of policy/v1 as the server has them once it has read them.

import type * as meta from "./meta-v1.js";

export interface Eviction {
  metadata: meta.ObjectMeta;
  deleteOptions?: meta.DeleteOptions;
}

export interface PodDisruptionBudget {
  metadata: meta.ObjectMeta;
  spec: PodDisruptionBudgetSpec;
  status: PodDisruptionBudgetStatus;
}

export interface PodDisruptionBudgetSpec {
  minAvailable?: number | string;
  selector?: meta.LabelSelector;
  maxUnavailable?: number | string;
  unhealthyPodEvictionPolicy?: UnhealthyPodEvictionPolicyType;
}

export interface PodDisruptionBudgetStatus {
  observedGeneration?: number;
  disruptedPods?: { [key: string]: string | null };
  disruptionsAllowed: number;
  currentHealthy: number;
  desiredHealthy: number;
  expectedPods: number;
  conditions?: meta.Condition[];
}

export type UnhealthyPodEvictionPolicyType = string;
