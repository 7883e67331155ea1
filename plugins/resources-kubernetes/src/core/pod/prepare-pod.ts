import type { ObjectMeta } from "@quarterdeck/meta";
import type { HookContext } from "@quarterdeck/sdk";
import { ipWarning } from "../../checks/check-ip.js";
import type * as core from "../../types/core-v1.js";
import { syncAppArmor } from "./app-armor.js";
import { defaultPodResources } from "./default-pod-resources.js";
import { dropDisabledFields, dropDisabledStatusFields } from "./drop-disabled-fields.js";
import { mergeLabelKeys } from "./merge-label-keys.js";
import { setCondition } from "./pod-condition.js";
import { hasEnded } from "./pod-summary.js";
import { qosClass } from "./qos-class.js";

/** A pod, or what is about to be one. */
export interface PodParts {
  metadata: ObjectMeta;
  spec: core.PodSpec;
  status: core.PodStatus;
}

/** Makes a new pod of what a client sent: it waits for a node, or for its gates to be taken away. */
export function prepareNewPod(pod: PodParts, context: HookContext): void {
  const { metadata, spec } = pod;
  const status: core.PodStatus = { phase: "Pending" };
  pod.status = status;
  dropDisabledFields(spec, metadata);
  if ((spec.schedulingGates ?? []).length > 0) {
    const message = "Scheduling is blocked due to non-empty scheduling gates";
    setCondition(status, { type: "PodScheduled", status: "False", reason: "SchedulingGated", message });
  }
  mergeLabelKeys(spec, metadata.labels ?? {});
  syncAppArmor(spec, metadata, context.warn);
  defaultPodResources(spec);
  status.qosClass = qosClass(spec);
}

/** Clients that do not know of a pod's resources as a whole do not take them away. */
export function keepPodResources(spec: core.PodSpec, old: core.PodSpec): void {
  if (spec.resources === undefined && old.resources !== undefined) spec.resources = structuredClone(old.resources);
}

/** Conditions whose generation a client left out keep that of the condition of the same type. */
function keepObservedGenerations(conditions: readonly core.PodCondition[], old: readonly core.PodCondition[]): void {
  const left = [...old];
  for (const condition of conditions) {
    const index = left.findIndex(({ type }) => type === condition.type);
    const [before] = index === -1 ? [] : left.splice(index, 1);
    if ((condition.observedGeneration ?? 0) === 0 && before?.observedGeneration !== undefined)
      condition.observedGeneration = before.observedGeneration;
  }
}

/** Old kubelets lose owners, which garbage collection needs. */
function keepOwners(metadata: ObjectMeta, { ownerReferences }: ObjectMeta): void {
  if (ownerReferences === undefined) delete metadata.ownerReferences;
  else metadata.ownerReferences = structuredClone(ownerReferences);
}

function warnOfAddresses({ podIPs = [], hostIPs = [] }: core.PodStatus, warn: HookContext["warn"]): void {
  for (const [list, addresses] of Object.entries({ podIPs, hostIPs })) {
    for (const [index, { ip = "" }] of addresses.entries()) {
      const text = ipWarning(ip, `status.${list}[${index}].ip`);
      if (text !== undefined) warn(text);
    }
  }
}

/** What kubelets that are older than a field of the status would lose stays. */
export function prepareStatus({ metadata, status }: PodParts, before: PodParts, warn: HookContext["warn"]): void {
  keepOwners(metadata, before.metadata);
  warnOfAddresses(status, warn);
  const old = structuredClone(before.status);
  if ((status.qosClass ?? "") === "" && old.qosClass !== undefined) status.qosClass = old.qosClass;
  if (status.resourceClaimStatuses === undefined && old.resourceClaimStatuses !== undefined)
    status.resourceClaimStatuses = old.resourceClaimStatuses;
  if (status.extendedResourceClaimStatus === undefined && old.extendedResourceClaimStatus !== undefined)
    status.extendedResourceClaimStatus = old.extendedResourceClaimStatus;
  if (
    status.nodeAllocatableResourceClaimStatuses === undefined &&
    old.nodeAllocatableResourceClaimStatuses !== undefined
  )
    status.nodeAllocatableResourceClaimStatuses = old.nodeAllocatableResourceClaimStatuses;
  if ((status.observedGeneration ?? 0) === 0 && old.observedGeneration !== undefined)
    status.observedGeneration = old.observedGeneration;
  keepObservedGenerations(status.conditions ?? [], old.conditions ?? []);
  dropDisabledStatusFields(status, old);
}

/** The grace of a pod that is deleted: none when no node runs it. Upstream's `CheckGracefulDelete`. */
export function gracePeriodOf({ spec, status }: PodParts, asked: number | undefined): number {
  if ((spec.nodeName ?? "") === "" || hasEnded(status)) return 0;
  const period = asked ?? spec.terminationGracePeriodSeconds ?? 0;
  return period < 0 ? 1 : period;
}
