import { FieldErrors, StatusError } from "@quarterdeck/meta";
import type { DeletionOptions } from "@quarterdeck/sdk";
import { NativeBody } from "../../native.js";
import type * as meta from "../../types/meta-v1.js";

/** Asks for a pod to go, as its disruption budget allows. */
@NativeBody("policy/v1.Eviction")
export class PodEviction {
  deleteOptions?: meta.DeleteOptions;
}

/** How a pod that is evicted is deleted. */
export interface EvictionOptions {
  readonly options: DeletionOptions;
  readonly dryRun: boolean;
}

const POLICIES = ["Foreground", "Background", "Orphan"];

function policyOf({ propagationPolicy, orphanDependents }: meta.DeleteOptions): DeletionOptions["propagationPolicy"] {
  switch (propagationPolicy) {
    case "Orphan":
    case "Background":
    case "Foreground":
      return propagationPolicy;
    default:
      if (orphanDependents === undefined) return undefined;
      return orphanDependents ? "Orphan" : "Background";
  }
}

/** What no delete may ask for, which the delete of the pod would say; upstream's `ValidateDeleteOptions`. */
function checkDeletion({ orphanDependents, propagationPolicy: policy, dryRun = [] }: meta.DeleteOptions): void {
  const errors = new FieldErrors();
  if (orphanDependents !== undefined && policy !== undefined)
    errors.invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set");
  if (policy !== undefined && !POLICIES.includes(policy))
    errors.notSupported("propagationPolicy", policy, [...POLICIES, "nil"]);
  if (dryRun.some((one) => one !== "All")) errors.notSupported("dryRun", dryRun, ["All"]);
  if (!errors.empty) throw StatusError.invalid({ group: "meta.k8s.io", kind: "DeleteOptions" }, "", errors.list);
}

/** The options within the body; 422 for one that evictions cannot have. What asks for a dry run, body or query, gets one. */
export function checkedOptions(
  name: string,
  { deleteOptions: asked = {} }: PodEviction,
  dryRun: boolean,
): EvictionOptions {
  if (asked.ignoreStoreReadErrorWithClusterBreakingPotential === true) {
    const errors = new FieldErrors();
    const path = "deleteOptions.ignoreStoreReadErrorWithClusterBreakingPotential";
    errors.invalid(path, true, "can not be set for pod eviction, try after removing the option");
    throw StatusError.invalid({ group: "policy", kind: "Eviction" }, name, errors.list);
  }
  checkDeletion(asked);
  const { preconditions, gracePeriodSeconds } = asked;
  const propagationPolicy = policyOf(asked);
  const options = {
    ...(preconditions === undefined ? {} : { preconditions }),
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
  };
  return { options, dryRun: dryRun || (asked.dryRun ?? []).length > 0 };
}
