import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";

/** Brings the two fields for the ranges of pods together; the older one is right where they differ. */
function alignPodRanges(spec: core.NodeSpec): void {
  const { podCIDR = "", podCIDRs = [] } = spec;
  const [first] = podCIDRs;
  if (podCIDR !== "" && podCIDR !== first) spec.podCIDRs = [podCIDR];
  else if (first !== undefined && first !== "") spec.podCIDR = first;
}

/** The defaults of a node: pods may have all that it has. */
export function defaultNode(spec: core.NodeSpec, status: core.NodeStatus): void {
  alignPodRanges(spec);
  if (status.allocatable === undefined && status.capacity !== undefined) status.allocatable = { ...status.capacity };
  defaultResourceList(status.capacity);
  defaultResourceList(status.allocatable);
}
