import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "../../checks/check-number.js";
import type * as core from "../../types/core-v1.js";
import { checkPaddedImage } from "./check-ephemeral-containers.js";
import { checkPodAnnotations } from "./check-pod-annotations.js";
import { checkPodSpec } from "./check-pod-spec.js";
import { checkProfileAnnotations } from "./check-profile-annotations.js";
import { type PodAllowances, podAllowances } from "./pod-allowances.js";
import type { PodParts } from "./prepare-pod.js";

const NO_ACCOUNT = "must not be specified when serviceAccountName is not set";

/** Tokens are those of an account. */
function checkTokens({ serviceAccountName = "", volumes = [] }: core.PodSpec, errors: FieldErrors): void {
  if (serviceAccountName !== "") return;
  for (const [index, { projected }] of volumes.entries())
    for (const [at, { serviceAccountToken }] of (projected?.sources ?? []).entries())
      if (serviceAccountToken !== undefined)
        errors.forbidden(`spec.volumes[${index}].projected.sources[${at}].serviceAccountToken`, NO_ACCOUNT);
}

/** What holds of pods whenever they are written; upstream's `validatePodMetadataAndSpec` without what holds of all metadata. */
export function checkPod({ metadata, spec }: PodParts, errors: FieldErrors, allow: PodAllowances): void {
  checkPodAnnotations(metadata.annotations ?? {}, spec, "metadata.annotations", errors, allow);
  checkPodSpec(spec, "spec", errors, { allow, metadata });
  checkTokens(spec, errors);
  if (spec.terminationGracePeriodSeconds !== undefined)
    checkNonnegative(spec.terminationGracePeriodSeconds, "spec.terminationGracePeriodSeconds", errors);
  for (const list of ["containers", "initContainers"] as const)
    for (const [index, container] of (spec[list] ?? []).entries())
      checkPaddedImage(container, `spec.${list}[${index}]`, errors);
}

/** What is wrong with a new pod; upstream's `ValidatePodCreate`. */
export function checkNewPod(pod: PodParts, errors: FieldErrors): void {
  const { metadata, spec } = pod;
  checkPod(pod, errors, podAllowances(undefined, true));
  if ((spec.ephemeralContainers ?? []).length > 0)
    errors.forbidden("spec.ephemeralContainers", "cannot be set on create");
  if (spec.nodeName && (spec.schedulingGates ?? []).length > 0)
    errors.forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
  checkProfileAnnotations(spec, metadata.annotations ?? {}, "spec", errors);
}
