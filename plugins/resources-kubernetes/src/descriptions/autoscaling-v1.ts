import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of autoscaling/v1 and their fields are, for `kubectl explain`. */
export const AUTOSCALING_V1: TypeDescriptions = {
  HorizontalPodAutoscaler: {
    "": "HorizontalPodAutoscaler sets the number of pods of something by how much cpu they use.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  HorizontalPodAutoscalerSpec: {
    "": "HorizontalPodAutoscalerSpec is what is wanted of an autoscaler.",
    scaleTargetRef: "What is scaled; it has a /scale.",
    minReplicas: "The least number of pods; default: 1.",
    maxReplicas: "The greatest number of pods.",
    targetCPUUtilizationPercentage: "How many percents of the requested cpu the pods are to use on average.",
  },
  CrossVersionObjectReference: {
    "": "CrossVersionObjectReference names an object of the same namespace.",
    kind: "Kind of the object.",
    name: "Name of the object.",
    apiVersion: "Group and version of the kind.",
  },
  HorizontalPodAutoscalerStatus: {
    "": "HorizontalPodAutoscalerStatus is what was last seen of an autoscaler.",
    observedGeneration: "The generation of the spec that this status is about.",
    lastScaleTime: "When the number of pods was last changed.",
    currentReplicas: "How many pods there are.",
    desiredReplicas: "How many pods the autoscaler wants.",
    currentCPUUtilizationPercentage: "How many percents of the requested cpu the pods use on average.",
  },
};
