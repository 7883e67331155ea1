import { CONDITION, METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

const SELECTOR =
  "The pods that belong to it, by their labels; it must match the template's labels and cannot be changed.";
const MIN_READY = "For how many seconds a new pod must have been ready to count as available; default: 0.";
const COLLISIONS =
  "How often a name that was made up from the template's hash was taken already; it goes into the hash.";
const GENERATION = "The generation of the spec that this status is about.";

/** What the types of apps/v1 and their fields are, for `kubectl explain`. */
export const APPS_V1: TypeDescriptions = {
  Deployment: {
    "": "Deployment keeps a set of equal pods running, and replaces them step by step when their template changes.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  DeploymentSpec: {
    "": "DeploymentSpec is what is wanted of a Deployment.",
    replicas: "How many pods are wanted; default: 1.",
    selector: SELECTOR,
    template: "What the pods are to be; their restartPolicy must be Always.",
    strategy: "How pods of an old template are replaced by those of a new one.",
    minReadySeconds: MIN_READY,
    revisionHistoryLimit: "How many replica sets of earlier templates are kept to go back to; default: 10.",
    paused: "True: changes of the template wait; scaling goes on.",
    progressDeadlineSeconds:
      "After how many seconds without progress the condition Progressing turns to False; default: 600. Nothing is rolled back.",
  },
  DeploymentStrategy: {
    "": "DeploymentStrategy is how old pods are replaced by new ones.",
    type: "RollingUpdate (the default): some at a time. Recreate: all old ones go before any new one comes.",
    rollingUpdate: "How many at a time; only for the type RollingUpdate.",
  },
  RollingUpdateDeployment: {
    "": "RollingUpdateDeployment is how far a rolling update may leave the wanted number of pods.",
    maxUnavailable:
      "How many pods fewer than wanted may be available: a number, or percents that are rounded down; default: 25%.",
    maxSurge: "How many pods more than wanted there may be: a number, or percents that are rounded up; default: 25%.",
  },
  DeploymentStatus: {
    "": "DeploymentStatus is what was last seen of a Deployment.",
    observedGeneration: GENERATION,
    replicas: "How many pods there are that are not being deleted.",
    updatedReplicas: "How many of them come from the present template.",
    readyReplicas: "How many of them are ready.",
    availableReplicas: "How many of them have been ready for minReadySeconds.",
    unavailableReplicas: "How many pods are missing until the wanted number is available.",
    terminatingReplicas: "How many pods are being deleted and still there.",
    conditions: "The latest observations, one of each type.",
    collisionCount: COLLISIONS,
  },
  DeploymentCondition: {
    "": "DeploymentCondition is one observation of a Deployment.",
    type: "What is observed: Available, Progressing or ReplicaFailure.",
    lastUpdateTime: "When the condition was last written.",
    ...CONDITION,
  },
  ReplicaSet: {
    "": "ReplicaSet keeps a number of equal pods running. Most are made and scaled by a Deployment.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  ReplicaSetSpec: {
    "": "ReplicaSetSpec is what is wanted of a ReplicaSet.",
    replicas: "How many pods are wanted; default: 1.",
    minReadySeconds: MIN_READY,
    selector: SELECTOR,
    template: "What new pods are to be; those that exist stay as they are.",
  },
  ReplicaSetStatus: {
    "": "ReplicaSetStatus is what was last seen of a ReplicaSet.",
    replicas: "How many pods there are that are not being deleted.",
    fullyLabeledReplicas: "How many of them have all labels of the template.",
    readyReplicas: "How many of them are ready.",
    availableReplicas: "How many of them have been ready for minReadySeconds.",
    terminatingReplicas: "How many pods are being deleted and still there.",
    observedGeneration: GENERATION,
    conditions: "The latest observations, one of each type.",
  },
  ReplicaSetCondition: {
    "": "ReplicaSetCondition is one observation of a ReplicaSet.",
    type: "What is observed: ReplicaFailure, when a pod could not be created or deleted.",
    ...CONDITION,
  },
  StatefulSet: {
    "": "StatefulSet runs pods that are numbered: each keeps its name, its place in DNS and its volumes when it is replaced.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  StatefulSetSpec: {
    "": "StatefulSetSpec is what is wanted of a StatefulSet.",
    replicas: "How many pods are wanted; default: 1.",
    selector: SELECTOR,
    template: "What each pod is to be; its name is the set's with a dash and its number.",
    volumeClaimTemplates: "Claims that are created for every pod; a pod mounts them by their names here.",
    serviceName: "Name of the headless Service that gives every pod a name in DNS; it must be made by the user.",
    podManagementPolicy:
      "OrderedReady (the default): one pod after another, each ready before the next. Parallel: all at once.",
    updateStrategy: "How pods of an old template are replaced by those of a new one.",
    revisionHistoryLimit: "How many earlier templates are kept to go back to; default: 10.",
    minReadySeconds: MIN_READY,
    persistentVolumeClaimRetentionPolicy: "What becomes of the claims of pods that are no longer wanted.",
    ordinals: "How the pods are numbered; without it from 0.",
  },
  StatefulSetUpdateStrategy: {
    "": "StatefulSetUpdateStrategy is how old pods are replaced by new ones.",
    type: "RollingUpdate (the default): from the highest number down. OnDelete: each when somebody deletes it.",
    rollingUpdate: "How far and how fast; only for the type RollingUpdate.",
  },
  RollingUpdateStatefulSetStrategy: {
    "": "RollingUpdateStatefulSetStrategy is how far and how fast a rolling update of a StatefulSet goes.",
    partition: "Only pods with this number or a higher one are updated; default: 0, all of them.",
    maxUnavailable:
      "How many pods may be unavailable during the update: a number, or percents that are rounded up; default: 1.",
  },
  StatefulSetPersistentVolumeClaimRetentionPolicy: {
    "": "StatefulSetPersistentVolumeClaimRetentionPolicy is what becomes of the claims that a StatefulSet has made.",
    whenDeleted: "When the set is deleted: Retain (the default) keeps the claims, Delete deletes them.",
    whenScaled: "When a pod is scaled away: Retain (the default) keeps its claims, Delete deletes them.",
  },
  StatefulSetOrdinals: {
    "": "StatefulSetOrdinals is how the pods of a StatefulSet are numbered.",
    start: "The number of the first pod; default: 0.",
  },
  StatefulSetStatus: {
    "": "StatefulSetStatus is what was last seen of a StatefulSet.",
    observedGeneration: GENERATION,
    replicas: "How many pods there are.",
    readyReplicas: "How many of them are ready.",
    currentReplicas: "How many of them come from currentRevision.",
    updatedReplicas: "How many of them come from updateRevision.",
    currentRevision: "Name of the ControllerRevision with the template that is being left.",
    updateRevision: "Name of the ControllerRevision with the template that all pods are to have.",
    collisionCount: COLLISIONS,
    conditions: "The latest observations, one of each type.",
    availableReplicas: "How many of them have been ready for minReadySeconds.",
  },
  StatefulSetCondition: {
    "": "StatefulSetCondition is one observation of a StatefulSet.",
    type: "What is observed.",
    ...CONDITION,
  },
  DaemonSet: {
    "": "DaemonSet runs one pod on every node, or on every node that its template chooses.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  DaemonSetSpec: {
    "": "DaemonSetSpec is what is wanted of a DaemonSet.",
    selector: SELECTOR,
    template: "What the pods are to be; nodeSelector and affinity in it choose the nodes.",
    updateStrategy: "How pods of an old template are replaced by those of a new one.",
    minReadySeconds: MIN_READY,
    revisionHistoryLimit: "How many earlier templates are kept to go back to; default: 10.",
  },
  DaemonSetUpdateStrategy: {
    "": "DaemonSetUpdateStrategy is how old pods are replaced by new ones.",
    type: "RollingUpdate (the default): some at a time. OnDelete: each when somebody deletes it.",
    rollingUpdate: "How many at a time; only for the type RollingUpdate.",
  },
  RollingUpdateDaemonSet: {
    "": "RollingUpdateDaemonSet is on how many nodes a rolling update of a DaemonSet works at a time.",
    maxUnavailable:
      "On how many nodes the pod may be unavailable: a number, or percents of the nodes that are rounded up; default: 1.",
    maxSurge:
      "On how many nodes the new pod may run beside the old one: a number, or percents that are rounded up; default: 0.",
  },
  DaemonSetStatus: {
    "": "DaemonSetStatus is what was last seen of a DaemonSet.",
    currentNumberScheduled: "How many nodes run the pod and should.",
    numberMisscheduled: "How many nodes run the pod and should not.",
    desiredNumberScheduled: "How many nodes should run the pod.",
    numberReady: "On how many nodes that should run the pod it is ready.",
    observedGeneration: GENERATION,
    updatedNumberScheduled: "How many nodes run the pod as the present template has it.",
    numberAvailable: "On how many nodes that should run the pod it has been ready for minReadySeconds.",
    numberUnavailable: "On how many nodes that should run the pod it is not available.",
    collisionCount: COLLISIONS,
    conditions: "The latest observations, one of each type.",
  },
  DaemonSetCondition: {
    "": "DaemonSetCondition is one observation of a DaemonSet.",
    type: "What is observed.",
    ...CONDITION,
  },
  ControllerRevision: {
    "": "ControllerRevision keeps one state of a template, so that a StatefulSet or DaemonSet can go back to it.",
    metadata: METADATA,
    data: "The state that is kept; it cannot be changed.",
    revision: "The number of the state; later ones have higher numbers.",
  },
};
