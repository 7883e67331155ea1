import { Quantity } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { resourceSums } from "./resource-sums.js";

const HUGE_PAGES = "hugepages-";

/** What a pod may have as a whole, beside the resources of its containers. */
function isSupported(resource: string): boolean {
  return resource === "cpu" || resource === "memory" || resource.startsWith(HUGE_PAGES);
}

function withAdded(list: core.ResourceList | undefined, added: core.ResourceList): core.ResourceList | undefined {
  const all = { ...added, ...list };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Huge pages are not shared out twice, so the pod's limit of them is what its containers are limited to. */
function hugePageLimits(spec: core.PodSpec, { requests = {} }: core.ResourceRequirements): core.ResourceList {
  const added: core.ResourceList = {};
  for (const [resource, sum] of resourceSums(spec, "limits"))
    if (resource.startsWith(HUGE_PAGES) && !Object.hasOwn(requests, resource)) added[resource] = sum.toString();
  return added;
}

/** What the containers request together, else what the pod is limited to. */
function podRequests(spec: core.PodSpec, { limits = {} }: core.ResourceRequirements): core.ResourceList {
  const added: core.ResourceList = {};
  for (const [resource, limit] of Object.entries(limits)) if (isSupported(resource)) added[resource] = limit;
  for (const [resource, sum] of resourceSums(spec, "requests"))
    if (resource === "cpu" || resource === "memory") added[resource] = sum.toString();
  return added;
}

function allLimit(
  { containers, initContainers = [], ephemeralContainers = [] }: core.PodSpec,
  resource: string,
): boolean {
  const all = [...(containers ?? []), ...initContainers, ...ephemeralContainers];
  return all.every(({ resources }) => Object.hasOwn(resources.limits ?? {}, resource));
}

/** When every container is limited the pod is too, but never to less than it requests. */
function podLimits(spec: core.PodSpec, { requests = {} }: core.ResourceRequirements): core.ResourceList {
  const added: core.ResourceList = {};
  const sums = resourceSums(spec, "limits");
  for (const [resource, request] of Object.entries(requests)) {
    const sum = sums.get(resource);
    if (sum === undefined || !isSupported(resource) || !allLimit(spec, resource)) continue;
    added[resource] = sum.compare(Quantity.parse(request)) < 0 ? request : sum.toString();
  }
  return added;
}

/**
 * Completes the resources of a pod as a whole, once it says something of them: upstream's `DefaultPodLevelResources`, which
 * runs after admission, when all containers are known.
 */
export function defaultPodResources(spec: core.PodSpec): void {
  const { resources } = spec;
  if (resources === undefined) return;
  if (Object.keys({ ...resources.limits, ...resources.requests }).length === 0) return;
  const limits = withAdded(resources.limits, hugePageLimits(spec, resources));
  if (limits !== undefined) resources.limits = limits;
  const requests = withAdded(resources.requests, podRequests(spec, resources));
  if (requests !== undefined) resources.requests = requests;
  const completed = withAdded(resources.limits, podLimits(spec, resources));
  if (completed !== undefined) resources.limits = completed;
}
