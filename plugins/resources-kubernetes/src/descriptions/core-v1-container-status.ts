import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types that tell how a container is are, and their fields, for `kubectl explain`. */
export const CORE_V1_CONTAINER_STATUS: TypeDescriptions = {
  ContainerStatus: {
    "": "ContainerStatus is how a container of a pod is.",
    name: "Name of the container in the spec.",
    state: "What it is doing now.",
    lastState: "How it ended the last time, if it was started again.",
    ready: "True: its readiness probe is good, or it has none and runs.",
    restartCount: "How often it was started again; those that the node has cleaned up may be missing.",
    image: "The image that it runs; it may be another name than the one in the spec.",
    imageID: "The image that it runs, by its digest.",
    containerID: "The container in its runtime, as type://id.",
    started: "True: it runs, its start hook is done and its startup probe is good.",
    allocatedResources: "What the node has set aside for it.",
    resources: "The requests and limits that it runs with now.",
    volumeMounts: "Its mounts as they are.",
    user: "The user that its first process started as.",
    allocatedResourcesStatus: "How the devices are that it got.",
    stopSignal: "The signal that it is told to stop with.",
  },
  ContainerState: {
    "": "ContainerState is what a container is doing; one of them, waiting if none is there.",
    waiting: "It does not run yet, or not yet again.",
    running: "It runs.",
    terminated: "It has ended.",
  },
  ContainerStateWaiting: {
    "": "ContainerStateWaiting is a container that does not run yet.",
    reason: "Why, in one CamelCase word such as ImagePullBackOff.",
    message: "Why, in a sentence.",
  },
  ContainerStateRunning: {
    "": "ContainerStateRunning is a container that runs.",
    startedAt: "When it was last started.",
  },
  ContainerStateTerminated: {
    "": "ContainerStateTerminated is a container that has ended.",
    exitCode: "Its exit code.",
    signal: "The signal that ended it.",
    reason: "Why, in one CamelCase word such as Completed, Error or OOMKilled.",
    message: "Its last words.",
    startedAt: "When it was started.",
    finishedAt: "When it ended.",
    containerID: "The container in its runtime, as type://id.",
  },
  VolumeMountStatus: {
    "": "VolumeMountStatus is a mount of a container as it is.",
    name: "Name of the volume in the pod.",
    mountPath: "Where it is.",
    readOnly: "True: the container cannot write to it.",
    recursiveReadOnly: "Whether what is mounted below is read-only too: Disabled or Enabled.",
    volumeStatus: "What is known of the volume.",
  },
  VolumeStatus: {
    "": "VolumeStatus is what is known of a volume that a container has mounted.",
    image: "The image, for a volume that is one.",
  },
  ImageVolumeStatus: {
    "": "ImageVolumeStatus is the image that a volume is.",
    imageRef: "The image by its digest.",
  },
  ContainerUser: {
    "": "ContainerUser is the user that the first process of a container started as.",
    linux: "The user on Linux.",
  },
  LinuxContainerUser: {
    "": "LinuxContainerUser is the user and the groups that a process on Linux started with.",
    uid: "Number of the user.",
    gid: "Number of the first group.",
    supplementalGroups: "Numbers of the further groups.",
  },
  ResourceStatus: {
    "": "ResourceStatus is how the devices of one resource are.",
    name: "Name of the resource; claim:NAME/REQUEST for devices of a claim.",
    resources: "How each of the devices is.",
  },
  ResourceHealth: {
    "": "ResourceHealth is how a device is.",
    resourceID: "The device.",
    health: "Healthy, Unhealthy or Unknown.",
    message: "In a sentence what is wrong with it.",
  },
};
