import { CONDITION, METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What replication controllers are, and their fields, for `kubectl explain`. */
export const CORE_V1_REPLICATION_CONTROLLER: TypeDescriptions = {
  ReplicationController: {
    "": "ReplicationController keeps a number of equal pods running. A Deployment does more, and is what to take.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  ReplicationControllerSpec: {
    "": "ReplicationControllerSpec is what is wanted of a replication controller.",
    replicas: "How many pods are wanted; default: 1.",
    minReadySeconds: "For how many seconds a new pod must have been ready to count as available; default: 0.",
    selector: "Labels of the pods that belong to it; default: the labels of the template.",
    template: "What new pods are to be; those that exist stay as they are.",
  },
  ReplicationControllerStatus: {
    "": "ReplicationControllerStatus is what was last seen of a replication controller.",
    replicas: "How many pods there are.",
    fullyLabeledReplicas: "How many of them have all labels of the template.",
    readyReplicas: "How many of them are ready.",
    availableReplicas: "How many of them have been ready for minReadySeconds.",
    observedGeneration: "The generation of the spec that this status is about.",
    conditions: "The latest observations, one of each type.",
  },
  ReplicationControllerCondition: {
    "": "ReplicationControllerCondition is one observation of a replication controller.",
    type: "What is observed: ReplicaFailure, when a pod could not be created or deleted.",
    ...CONDITION,
  },
};
