import { cidrWarnings } from "../../checks/check-ip.js";
import type * as core from "../../types/core-v1.js";

/** What is to be said against a node that is no error; upstream's `nodeWarnings`. */
export function nodeWarnings({ configSource, externalID, podCIDRs = [] }: core.NodeSpec): string[] {
  return [
    ...(configSource === undefined ? [] : ["spec.configSource: the feature is removed"]),
    ...(externalID === undefined ? [] : ["spec.externalID: this field is deprecated, and is unused by Kubernetes"]),
    ...podCIDRs.flatMap((range, index) => cidrWarnings(range, `spec.podCIDRs[${index}]`)),
  ];
}
