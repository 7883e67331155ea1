import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";
import { defaultPodSpec } from "./default-pod-spec.js";

/** What a container may use it is given, unless it says that less will do. */
function requestLimits({ resources }: core.Container): void {
  if (resources.limits === undefined) return;
  resources.requests = { ...resources.limits, ...resources.requests };
}

/** On the network of the host the ports of a container are those of the host. */
function hostPorts({ ports }: core.Container): void {
  for (const port of ports ?? []) port.hostPort ||= port.containerPort;
}

function defaultContainerStatus({ allocatedResources, resources }: core.ContainerStatus): void {
  defaultResourceList(allocatedResources);
  defaultResourceList(resources?.limits);
  defaultResourceList(resources?.requests);
}

/** The address of a pod and the first of its addresses are one; older kubelets know only the former, which counts. */
function defaultAddresses(status: core.PodStatus): void {
  const { podIP = "", podIPs = [] } = status;
  const first = podIPs[0]?.ip ?? "";
  if (podIP !== "" && podIP !== first) status.podIPs = [{ ip: podIP }];
  else if (podIP === "" && first !== "") status.podIP = first;
}

function defaultStatus(status: core.PodStatus): void {
  defaultAddresses(status);
  for (const container of status.initContainerStatuses ?? []) defaultContainerStatus(container);
  for (const container of status.containerStatuses ?? []) defaultContainerStatus(container);
  for (const container of status.ephemeralContainerStatuses ?? []) defaultContainerStatus(container);
  defaultResourceList(status.allocatedResources);
  defaultResourceList(status.resources?.limits);
  defaultResourceList(status.resources?.requests);
}

/** Fills in what pods are given: `SetDefaults_Pod`, then what every pod spec is, then the status. */
export function defaultPod(spec: core.PodSpec, status: core.PodStatus): void {
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    requestLimits(container);
    if (spec.hostNetwork === true) hostPorts(container);
  }
  spec.enableServiceLinks ??= true;
  defaultPodSpec(spec);
  defaultStatus(status);
}
