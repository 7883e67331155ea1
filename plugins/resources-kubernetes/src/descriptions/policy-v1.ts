import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of policy/v1 and their fields are, for `kubectl explain`. */
export const POLICY_V1: TypeDescriptions = {
  PodDisruptionBudget: {
    "": "PodDisruptionBudget says how many pods of a set must go on while others are evicted, as when nodes are drained.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "How many evictions there may be now.",
  },
  PodDisruptionBudgetSpec: {
    "": "PodDisruptionBudgetSpec is how many pods of a set must go on.",
    minAvailable:
      "How many pods must be there after an eviction: a number, or percents that are rounded up; 100% forbids them all.",
    selector: "The pods, by their labels; empty: all of the namespace.",
    maxUnavailable:
      "How many pods may be missing after an eviction: a number, or percents that are rounded up. Not together with minAvailable.",
    unhealthyPodEvictionPolicy:
      "When pods may be evicted that run and are not ready: IfHealthyBudget (the default), when enough others are ready, or AlwaysAllow.",
  },
  PodDisruptionBudgetStatus: {
    "": "PodDisruptionBudgetStatus is how many evictions there may be now.",
    observedGeneration: "The generation of the spec that this status is about; with an older one nothing is evicted.",
    disruptedPods: "Pods whose eviction was granted and which are still there, with the time of it.",
    disruptionsAllowed: "How many pods may be evicted now.",
    currentHealthy: "How many pods are ready.",
    desiredHealthy: "How many pods must be ready.",
    expectedPods: "How many pods there should be.",
    conditions: "The latest observations; DisruptionAllowed says whether any may be evicted.",
  },
};
