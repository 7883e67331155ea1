import type { ObjectMeta } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";

/** Where pods had their init containers before there was a field for them. */
const INIT_CONTAINER_ANNOTATIONS = [
  "pod.beta.kubernetes.io/init-containers",
  "pod.alpha.kubernetes.io/init-containers",
  "pod.beta.kubernetes.io/init-container-statuses",
  "pod.alpha.kubernetes.io/init-container-statuses",
];

/** Removes annotations that old servers read as init containers. */
export function dropInitContainerAnnotations({ annotations }: ObjectMeta): void {
  if (annotations === undefined) return;
  for (const key of INIT_CONTAINER_ANNOTATIONS) delete annotations[key];
}

function hasStopSignal(spec: core.PodSpec): boolean {
  return containersOf(spec).some(({ container }) => container.lifecycle?.stopSignal !== undefined);
}

function dropStopSignals(spec: core.PodSpec): void {
  for (const { container } of containersOf(spec)) {
    if (container.lifecycle?.stopSignal === undefined) continue;
    delete container.lifecycle.stopSignal;
    if (Object.keys(container.lifecycle).length === 0) delete container.lifecycle;
  }
}

/**
 * Removes from a pod spec the fields of features that are off in Kubernetes 1.37, unless the `old` one has them already:
 * upstream's `DropDisabledPodFields` and `DropDisabledTemplateFields`.
 */
export function dropDisabledFields(spec: core.PodSpec, metadata: ObjectMeta, old?: core.PodSpec): void {
  if (old?.schedulingGroup === undefined) delete spec.schedulingGroup;
  if (old === undefined || !hasStopSignal(old)) dropStopSignals(spec);
  dropInitContainerAnnotations(metadata);
}

function statusesOf(status: core.PodStatus): core.ContainerStatus[] {
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = status;
  return [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses];
}

function mountsOf(status: core.PodStatus): core.VolumeMountStatus[] {
  return statusesOf(status).flatMap(({ volumeMounts = [] }) => volumeMounts);
}

/** The same of the status of a pod. */
export function dropDisabledStatusFields(status: core.PodStatus, old: core.PodStatus): void {
  if ((old.nodeAllocatableResourceClaimStatuses ?? []).length === 0) delete status.nodeAllocatableResourceClaimStatuses;
  if (mountsOf(old).every(({ volumeStatus }) => volumeStatus === undefined))
    for (const mount of mountsOf(status)) delete mount.volumeStatus;
}
