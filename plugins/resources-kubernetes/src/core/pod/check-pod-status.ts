import { dns1123SubdomainErrors, type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkImmutable } from "../../checks/check-immutable.js";
import type * as core from "../../types/core-v1.js";
import { checkClaimStatuses, checkExtendedClaimStatus } from "./check-claim-statuses.js";
import { checkContainerStates } from "./check-container-states.js";
import { checkStatusResources, checkStatusUsers } from "./check-container-statuses.js";
import { checkFixedAnnotations, checkPodAnnotations } from "./check-pod-annotations.js";
import { checkPodIps } from "./check-pod-ips.js";
import { podAllowances } from "./pod-allowances.js";
import type { PodParts } from "./prepare-pod.js";

const SYSTEM_CONDITIONS: ReadonlySet<string> = new Set(["PodScheduled", "Ready", "Initialized"]);
const NEGATIVE = "must be a non-negative integer";
const LISTS = [
  ["containerStatuses", "containers"],
  ["initContainerStatuses", "initContainers"],
] as const;

function checkConditions(conditions: readonly core.PodCondition[], path: string, errors: FieldErrors): void {
  for (const [index, { type, observedGeneration = 0 }] of conditions.entries()) {
    const at = `${path}[${index}]`;
    if (observedGeneration < 0) errors.invalid(`${at}.observedGeneration`, observedGeneration, NEGATIVE);
    if (!SYSTEM_CONDITIONS.has(type)) errors.invalidEach(`${at}.Type`, type, qualifiedNameErrors(type));
  }
}

function checkNominatedNode(
  { nominatedNodeName: name = "" }: core.PodStatus,
  { spec, status }: PodParts,
  errors: FieldErrors,
): void {
  if (name === "" || name === status.nominatedNodeName) return;
  const path = "status.nominatedNodeName";
  errors.invalidEach(path, name, dns1123SubdomainErrors(name));
  if (spec.nodeName) errors.forbidden(path, "may not be set on pods that are already bound to a node");
}

function checkContainerStatuses({ spec, status }: PodParts, errors: FieldErrors): void {
  const os = spec.os === undefined ? "linux" : spec.os.name;
  for (const list of ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"] as const)
    checkStatusUsers(status[list] ?? [], os, `status.${list}`, errors);
  for (const [list, containers] of LISTS)
    checkStatusResources(status[list] ?? [], spec[containers] ?? [], status, `status.${list}`, errors);
  for (const [index, { allocatedResourcesStatus = [] }] of (status.ephemeralContainerStatuses ?? []).entries()) {
    const path = `status.ephemeralContainerStatuses[${index}].allocatedResourcesStatus`;
    if (allocatedResourcesStatus.length > 0) errors.forbidden(path, "must not be specified in container status");
  }
}

/** What is wrong with a new status of a pod; upstream's `ValidatePodStatusUpdate`. */
export function checkPodStatus(pod: PodParts, old: PodParts, errors: FieldErrors): void {
  const { metadata, spec, status } = pod;
  const { annotations = {} } = metadata;
  checkFixedAnnotations(annotations, old.metadata.annotations ?? {}, "metadata.annotations", errors);
  checkPodAnnotations(annotations, spec, "metadata.annotations", errors, podAllowances(old, true));
  checkConditions(status.conditions ?? [], "status.conditions", errors);
  checkNominatedNode(status, old, errors);
  const { observedGeneration = 0, extendedResourceClaimStatus: extended } = status;
  if (observedGeneration < 0) errors.invalid("status.observedGeneration", observedGeneration, NEGATIVE);
  checkImmutable(status.qosClass ?? "", old.status.qosClass ?? "", "status.qosClass", errors);
  checkContainerStates(status, old.status, old.spec, errors);
  checkClaimStatuses(status.resourceClaimStatuses ?? [], spec, "status.resourceClaimStatuses", errors);
  if (extended !== undefined) checkExtendedClaimStatus(extended, spec, "status.extendedResourceClaimStatus", errors);
  checkPodIps(status, old.status, errors);
  checkContainerStatuses(pod, errors);
}
