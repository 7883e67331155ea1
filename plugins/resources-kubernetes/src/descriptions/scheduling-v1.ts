import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of scheduling.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const SCHEDULING_V1: TypeDescriptions = {
  PriorityClass: {
    "": "PriorityClass gives a priority a name, by which pods get it.",
    metadata: METADATA,
    value: "The priority, a higher number before a lower; it cannot be changed.",
    globalDefault: "True: pods without a class get this one; only one class may say so. Default: false.",
    description: "What the class is for.",
    preemptionPolicy:
      "PreemptLowerPriority (the default): pods of lower priority may have to go to make room. Never: the pods wait for room.",
  },
};
