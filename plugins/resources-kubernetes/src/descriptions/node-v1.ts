import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of node.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const NODE_V1: TypeDescriptions = {
  RuntimeClass: {
    "": "RuntimeClass is a way of running pods, such as in a virtual machine, which pods name.",
    metadata: METADATA,
    handler: "What the container runtime calls it, a DNS label; it cannot be changed.",
    overhead: "What running a pod in this way costs beside its containers.",
    scheduling: "Which nodes can do it; without it all are taken to.",
  },
  Overhead: {
    "": "Overhead is what running a pod costs beside its containers.",
    podFixed: "How much of each resource for a pod.",
  },
  Scheduling: {
    "": "Scheduling is which nodes can run pods of a class.",
    nodeSelector: "Labels that the nodes have; they are added to those of the pod, which must not contradict them.",
    tolerations: "Tolerations that are added to those of the pod.",
  },
};
